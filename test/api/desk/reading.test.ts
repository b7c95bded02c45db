import { randomUUID } from 'node:crypto';
import { ConversationDetail } from '../../../src/api/contract/detail';
import { ConversationList } from '../../../src/api/contract/conversation';
import { RepList } from '../../../src/api/contract/desk';
import { personSays, somebodyWaits, startDesk } from './desk-world';
import type { DeskWorld } from './desk-world';
import { Rep, call } from './rep';

let desk: DeskWorld;
let ana: Rep;

beforeAll(async () => {
  desk = await startDesk();
  ana = await Rep.signIn(desk.origin, 'Ana');
});
afterAll(() => desk.close());

async function names(state: string, rep = ana): Promise<string[]> {
  const { body } = await rep.get(`/conversations?state=${state}`);
  return ConversationList.parse(body).conversations.map(({ person }) => person.name);
}

test('lists show who waits, longest first, what is mine, everything, and what is closed', async () => {
  const kim = await somebodyWaits(desk, 'Kim Ito', { minutes: 1 });
  const lee = await somebodyWaits(desk, 'Lee Wong', { minutes: 9 });
  await somebodyWaits(desk, 'Dana Reyes', { minutes: 4 });
  expect(await names('waiting')).toEqual(['Lee Wong', 'Dana Reyes', 'Kim Ito']);
  await ana.act(lee.id, 'claim');
  await ana.act(kim.id, 'claim');
  await ana.act(kim.id, 'resolve', { reason: 'answered' });
  expect(await names('waiting')).toEqual(['Dana Reyes']);
  expect(await names('mine')).toEqual(['Lee Wong']);
  expect(await names('closed')).toEqual(['Kim Ito']);
  expect((await names('all')).sort()).toEqual(['Dana Reyes', 'Kim Ito', 'Lee Wong']);
  expect(await ana.get('/conversations?state=everything')).toMatchObject({ status: 400 });
});

test('a row says who the person is, who has it since when, and why it waits', async () => {
  const { id, reference } = await somebodyWaits(desk, 'Mia Sol', { reason: 'payment-problem' });
  const { body } = await ana.get('/conversations?state=waiting');
  const { conversations } = ConversationList.parse(body);
  expect(conversations.find((row) => row.id === id)).toEqual({
    id,
    reference,
    person: { name: 'Mia Sol' },
    owner: { kind: 'queue', since: expect.any(String) },
    waitingSince: expect.any(String),
    reason: 'payment-problem',
  });
});

test('a conversation has its thread in words, its context with a masked address, and its history', async () => {
  const { id, personKey } = await somebodyWaits(desk, 'Dana Reyes', { says: ['oh man, I forgot my password'] });
  await desk.store.links.bind({
    linkId: randomUUID(),
    personKey,
    payerId: 'PAYER123',
    email: 'dana@example.com',
    name: 'Dana Reyes',
    country: 'US',
    platform: 'ios',
    vaultToken: 'vault-secret',
    customerId: 'customer',
  });
  await personSays(desk, id, personKey, {
    kind: 'act',
    act: { kind: 'tap', payload: 'payment.confirm:secret-payload', title: 'Confirm' },
  });
  await personSays(desk, id, personKey, {
    kind: 'act',
    act: { kind: 'attachments', attachments: [{ type: 'image', url: 'https://elsewhere.example/picture' }] },
  });
  await ana.act(id, 'claim');
  await ana.act(id, 'note', { text: 'has two accounts' });
  await ana.act(id, 'reply', { text: 'Hi Dana' });
  const { body } = await ana.get(`/conversations/${encodeURIComponent(id)}`);
  const { thread, context, history, conversation } = ConversationDetail.parse(body);
  expect(conversation.owner.rep?.name).toBe('Ana');
  expect(thread.map(({ direction, speaker, content, state }) => [direction, speaker, content, state])).toEqual([
    ['in', 'person', { kind: 'text', text: 'oh man, I forgot my password' }, 'received'],
    ['in', 'person', { kind: 'tap', title: 'Confirm' }, 'received'],
    ['in', 'person', { kind: 'text', text: '', attachments: ['image'] }, 'received'],
    ['note', 'rep', { kind: 'text', text: 'has two accounts' }, 'recorded'],
    ['out', 'rep', { kind: 'text', text: 'Hi Dana' }, 'sent'],
  ]);
  expect(thread.at(-1)?.rep?.name).toBe('Ana');
  expect(context).toMatchObject({ account: { linked: true, email: 'd…a@example.com' } });
  expect(context.lastActAt).toBeDefined();
  expect(history.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['queued', 'message', 'claim', 'note', 'reply']),
  );
  expect(JSON.stringify(body)).not.toMatch(
    /dana@example|PAYER123|vault-secret|secret-payload|elsewhere\.example|psid-/,
  );
});

test('reading marks nothing', async () => {
  const { id } = await somebodyWaits(desk, 'Quiet One');
  const before = await desk.store.deskEvents.latestId();
  await ana.get(`/conversations/${encodeURIComponent(id)}`);
  await ana.get('/conversations?state=all');
  expect(await desk.store.deskEvents.latestId()).toBe(before);
  expect(desk.gateway.asked.filter(({ conversationId }) => conversationId === id)).toEqual([]);
});

test('of somebody who was forgotten nothing can be read, and nothing new is kept', async () => {
  const { id, personKey } = await somebodyWaits(desk, 'Gone Girl');
  await desk.store.people.forget(personKey);
  const answer = await ana.get(`/conversations/${encodeURIComponent(id)}`);
  expect(answer).toMatchObject({ status: 200, body: { thread: [], conversation: { person: { name: 'Somebody' } } } });
  expect(await ana.put(`/conversations/${encodeURIComponent(id)}/draft`, { text: 'Hi' })).toMatchObject({
    status: 410,
    body: { code: 'person_forgotten' },
  });
});

test('a draft is kept per rep and conversation, until it is emptied', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  const bo = await Rep.signIn(desk.origin, 'Bo');
  const path = `/conversations/${encodeURIComponent(id)}/draft`;
  expect(await ana.get(path)).toMatchObject({ status: 200, body: { text: '' } });
  expect(await ana.put(path, { text: 'Hi Da' })).toMatchObject({ status: 204 });
  expect(await ana.get(path)).toMatchObject({ body: { text: 'Hi Da' } });
  expect(await bo.get(path)).toMatchObject({ body: { text: '' } });
  await ana.put(path, { text: '' });
  expect(await ana.get(path)).toMatchObject({ body: { text: '' } });
});

test('reps are listed with their load; other work counts, and only a supervisor sets it for others', async () => {
  const bo = await Rep.signIn(desk.origin, 'Bo');
  const sue = await Rep.signIn(desk.origin, 'Sue', 'supervisor');
  expect(await bo.put(`/reps/${bo.id}/other-work`, { units: 1 })).toMatchObject({ body: { rep: { otherWork: 1 } } });
  expect(await bo.put(`/reps/${ana.id}/other-work`, { units: 3 })).toMatchObject({ status: 403 });
  expect(await sue.put(`/reps/${bo.id}/other-work`, { units: 2 })).toMatchObject({ body: { rep: { otherWork: 2 } } });
  expect(await sue.put(`/reps/${randomUUID()}/other-work`, { units: 2 })).toMatchObject({ status: 404 });
  await bo.put('/me/status', { status: 'finishing' });
  const { reps } = RepList.parse((await sue.get('/reps')).body);
  expect(reps.find(({ name }) => name === 'Bo')).toMatchObject({
    status: 'finishing',
    slots: 3,
    used: 0,
    otherWork: 2,
  });
});

test('the description is made from the schemas and lists every route that speaks JSON', async () => {
  const { body, status } = await call('GET', `${desk.origin}/api/openapi.json`);
  expect(status).toBe(200);
  const document = body as unknown as { openapi: string; paths: Record<string, Record<string, unknown>> };
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const declared = desk.table.routes
    .filter(({ path }) => path.startsWith('/api/desk/') && path !== '/api/desk/events')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(described.sort()).toEqual(declared.sort());
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths['/api/desk/conversations/{id}/reply']).toMatchObject({
    post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Reply' } } } } },
  });
});
