import { randomUUID } from 'node:crypto';
import { NoAnswer, Unavailable } from '../../../src/temporal/gateway/gateway';
import { somebodyWaits, startDesk } from './desk-world';
import type { DeskWorld } from './desk-world';
import { Rep } from './rep';

let desk: DeskWorld;
let ana: Rep;
let bo: Rep;

beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  // Reps of their own, so that no test uses up another's slots.
  ana = await Rep.signIn(desk.origin, `Ana ${randomUUID().slice(0, 6)}`);
  bo = await Rep.signIn(desk.origin, `Bo ${randomUUID().slice(0, 6)}`);
});

test('of two claims at once one wins, and the other is told who has it and since when', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  const answers = await Promise.all([ana.act(id, 'claim'), bo.act(id, 'claim')]);
  const won = answers.find(({ status }) => status === 200);
  const lost = answers.find(({ status }) => status === 409);
  const winner = answers[0] === won ? ana : bo;
  expect(won?.body).toMatchObject({ conversation: { id, owner: { kind: 'rep', rep: { name: winner.name } } } });
  expect(lost?.type).toContain('application/problem+json');
  expect(lost?.body).toMatchObject({
    code: 'already_claimed',
    status: 409,
    owner: { kind: 'rep', rep: { id: winner.id, name: winner.name } },
    since: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(lost?.body['detail']).toContain(winner.name);
});

test('the same press again gets the stored answer without asking the conversation', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  const actionId = randomUUID();
  const first = await ana.act(id, 'claim', { actionId });
  const asked = desk.gateway.asked.length;
  const again = await ana.act(id, 'claim', { actionId });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body).toEqual(first.body);
  expect(desk.gateway.asked).toHaveLength(asked);
});

test('an action id with another body, kind, conversation or rep is 422 and does nothing', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  const other = await somebodyWaits(desk, 'Lee Wong');
  await ana.act(id, 'claim');
  const actionId = randomUUID();
  expect(await ana.act(id, 'reply', { actionId, text: 'Hello' })).toMatchObject({ status: 200 });
  const asked = desk.gateway.asked.length;
  const changed = [
    await ana.act(id, 'reply', { actionId, text: 'Hello!' }),
    await ana.act(id, 'note', { actionId, text: 'Hello' }),
    await ana.act(other.id, 'reply', { actionId, text: 'Hello' }),
    await bo.act(id, 'reply', { actionId, text: 'Hello' }),
  ];
  for (const answer of changed) expect(answer).toMatchObject({ status: 422, body: { code: 'action_changed' } });
  expect(desk.gateway.asked).toHaveLength(asked);
});

test('a refused press with the same id is judged anew', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  await bo.act(id, 'claim');
  const actionId = randomUUID();
  expect(await ana.act(id, 'claim', { actionId })).toMatchObject({ status: 409, body: { code: 'already_claimed' } });
  await bo.act(id, 'release');
  expect(await ana.act(id, 'claim', { actionId })).toMatchObject({ status: 200 });
});

test('a reply to a conversation that somebody else has is refused with its owner', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  await ana.act(id, 'claim');
  const refused = await bo.act(id, 'reply', { text: 'me too' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'not_owner', owner: { rep: { name: ana.name } } } });
});

test('a rep cannot take more than there are slots, nor anything while away', async () => {
  const people = [];
  for (const name of ['One', 'Two', 'Three', 'Four']) people.push(await somebodyWaits(desk, name));
  const answers = [];
  for (const { id } of people) answers.push(await ana.act(id, 'claim'));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 409]);
  expect(answers[3]?.body).toMatchObject({ code: 'over_capacity' });
  await bo.put('/me/status', { status: 'away' });
  expect(await bo.act(people[3]?.id ?? '', 'claim')).toMatchObject({ status: 409, body: { code: 'not_available' } });
});

test('the reference names a conversation as well as its id does', async () => {
  const { id, reference } = await somebodyWaits(desk, 'Dana Reyes');
  expect(await ana.act(reference, 'claim')).toMatchObject({ status: 200, body: { conversation: { id } } });
  expect(await ana.act('C-NOTHING', 'claim')).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('what is asked of the conversation carries the press, the rep and a hash that ignores the order of fields', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  await ana.act(id, 'claim');
  await ana.act(id, 'transfer', { reason: 'speaks Spanish', to: { repId: bo.id } });
  const asked = desk.gateway.asked.at(-1);
  expect(asked).toMatchObject({
    conversationId: id,
    name: 'transfer',
    action: {
      rep: { id: ana.id, name: ana.name },
      to: { repId: bo.id, name: bo.name },
      bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
});

test('every action reaches the conversation under its own name', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const presses: [string, Record<string, unknown>?][] = [
    ['claim'],
    ['note', { text: 'checked the account' }],
    ['snooze', { until }],
    ['snooze', { untilMessage: true }],
    ['release'],
    ['claim'],
    ['return-to-bot'],
    ['claim'],
    ['transfer', { to: { team: 'payments' }, reason: 'needs payments' }],
    ['claim'],
    ['resolve', { reason: 'answered', keep: true }],
    ['resolve', { reason: 'answered' }],
  ];
  const from = desk.gateway.asked.length;
  for (const [action, body] of presses) expect(await ana.act(id, action, body)).toMatchObject({ status: 200 });
  expect(desk.gateway.asked.slice(from).map(({ name }) => name)).toEqual(
    presses.map(([action]) => (action === 'return-to-bot' ? 'returnToBot' : action)),
  );
});

test('input that is wrong is 400 with the field named, and asks nobody', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  const asked = desk.gateway.asked.length;
  const wrong: [string, Record<string, unknown>, string][] = [
    ['claim', { actionId: 'short' }, 'actionId'],
    ['claim', { extra: 1 }, '(body)'],
    ['reply', { text: 'x'.repeat(2_001) }, 'text'],
    ['reply', { text: '   ' }, 'text'],
    ['reply', { text: 'hi', retryOf: 'not-an-id' }, 'retryOf'],
    ['transfer', { to: { repId: randomUUID() }, reason: 'because' }, 'to.repId'],
    ['transfer', { to: { repId: bo.id } }, 'reason'],
    ['snooze', { until: '2020-01-01T00:00:00Z' }, 'until'],
    ['resolve', { reason: '' }, 'reason'],
  ];
  for (const [action, body, field] of wrong) {
    const answer = await ana.act(id, action, body);
    expect({ action, body, status: answer.status }).toEqual({ action, body, status: 400 });
    expect(answer.body['fields']).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  }
  expect(desk.gateway.asked).toHaveLength(asked);
});

test('Temporal away is 503; no answer in time is 504, and says that pressing again is safe', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  desk.gateway.faults.push(new Unavailable('away'), new NoAnswer('silent'));
  const away = await ana.act(id, 'claim');
  expect(away).toMatchObject({ status: 503, body: { code: 'unavailable' }, headers: { 'retry-after': '5' } });
  const silent = await ana.act(id, 'claim');
  expect(silent).toMatchObject({ status: 504, body: { code: 'no_answer' } });
  expect(silent.body['detail']).toMatch(/again is safe/i);
});

test('a failure that nobody foresaw is 500, logged, and shows nothing of itself', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  desk.gateway.faults.push(new Error('secret of the house'));
  const answer = await ana.act(id, 'claim');
  expect(answer).toMatchObject({ status: 500, body: { code: 'unexpected' } });
  expect(JSON.stringify(answer.body)).not.toMatch(/secret|at .*\.ts/);
  expect(desk.logged.at(-1)).toMatchObject({ code: 'unexpected', error: expect.any(Error) });
});

test('the answer of an action shows the new owner though the list may still show the old one', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  const since = Date.now();
  jest
    .spyOn(desk.gateway, 'act')
    .mockResolvedValueOnce({ owner: { kind: 'rep', rep: { id: ana.id, name: ana.name }, since, epoch: 2 } });
  const answer = await ana.act(id, 'claim');
  expect(answer.body).toEqual({
    conversation: {
      id,
      reference: expect.any(String),
      person: { name: 'Dana Reyes' },
      owner: { kind: 'rep', rep: { id: ana.id, name: ana.name }, since: new Date(since).toISOString() },
    },
  });
});

test('a reply that stands as not confirmed is sent again under its own id', async () => {
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  await ana.act(id, 'claim');
  desk.gateway.fates.push('unconfirmed');
  const first = await ana.act(id, 'reply', { text: 'Hello Dana' });
  const { message } = first.body as unknown as { message: { id: string; state: string } };
  expect(message.state).toBe('unconfirmed');
  const again = await ana.act(id, 'reply', { text: 'Hello Dana', retryOf: message.id });
  expect(again.body).toMatchObject({ message: { id: message.id, state: 'sent' } });
});
