import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { KeyRing } from '../../src/keys';
import { createClient } from '../../src/temporal/connection';
import { createGateway } from '../../src/temporal/gateway';
import { eventually } from '../world/waiting';
import { APP_ID, INBOX_ID, PAGE_ID, bodyOf, by, echoTo, scriptedApp, text } from './scripted-app';
import type { Script, ScriptedApp } from './scripted-app';

describe('the acknowledgement of a webhook of Messenger', () => {
  let app: ScriptedApp;
  const open = async (script: Script = {}): Promise<ScriptedApp> => (app = await scriptedApp(script));
  afterEach(() => app.close());

  test('waits for one signal or one row per event, one look for an echo of ours, and nothing else', async () => {
    await open({ stateOf: () => 'sent' });
    const items = [
      by('1001', text('hello')),
      by('1002', { postback: { mid: 'm_2', title: 'Help', payload: 'menu.help' } }),
      by('1003', { reaction: { mid: 'm_x', action: 'react', emoji: '👍', reaction: 'like' } }),
      by('1004', { delivery: { mids: ['m_a', 'm_b', 'm_c'], watermark: Date.now() } }),
      by('1005', { read: { watermark: Date.now() } }),
      by('1006', { game_play: { game_id: '1' } }),
      echoTo('1007', { app_id: Number(APP_ID), metadata: randomUUID(), text: 'Hello!' }),
      echoTo('1008', { app_id: Number(APP_ID), text: 'without an id of ours' }),
      echoTo('1009', { app_id: Number(INBOX_ID), text: 'somebody of the staff' }),
    ];
    expect((await app.post(bodyOf(items, [by('1010', text('said elsewhere'))]))).status).toBe(200);
    const kinds = app.asked.map((asked) => (asked.what === 'tell' ? asked.event.kind : asked.what));
    const [tell, rows, looks] = [
      ['elsewhere', 'person', 'person', 'person', 'standby'],
      ['receipts', 'receipts', 'receipts', 'receipts'],
      ['find'],
    ];
    expect(kinds.toSorted()).toEqual([...tell, ...rows, ...looks].toSorted());
  });

  test('comes only after the last of them, however long that takes', async () => {
    const held: (() => void)[] = [];
    await open({ tell: (_person, { kind }) => new Promise<void>((go) => (kind === 'person' ? held.push(go) : go())) });
    let status: number | undefined;
    const answered = app.post(bodyOf(['1', '2', '3'].map((psid) => by(psid, text('hi'))))).then((answer) => {
      status = answer.status;
    });
    await eventually('all three are on their way side by side', async () => held.length === 3);
    held.slice(1).forEach((go) => go());
    await new Promise(setImmediate);
    expect(status).toBeUndefined();
    held[0]?.();
    await answered;
    expect(status).toBe(200);
  });

  test('an echo is signalled only where it settles a message that stands as "not confirmed"', async () => {
    const [open1, settled] = [randomUUID(), randomUUID()];
    await open({ stateOf: (id) => (id === open1 ? 'unconfirmed' : 'sent') });
    const echoes = [open1, settled].map((metadata) => echoTo('1', { app_id: Number(APP_ID), metadata }));
    await app.post(bodyOf(echoes));
    expect(app.asked.filter(({ what }) => what === 'tell')).toMatchObject([
      { event: { kind: 'echo', metadata: open1 } },
    ]);
  });

  test('one poisoned event holds back nobody else; what the same person did later waits behind it, in order', async () => {
    let poisoned = true;
    await open({
      tell: async (_person, event) => {
        const words = event.kind === 'person' && event.event.act.kind === 'text' ? event.event.act.text : '';
        if (poisoned && words === 'poison') throw new Error('cannot be taken');
      },
    });
    const items = [by('1', text('one')), by('2', text('poison')), by('3', text('three')), by('2', text('later'))];
    const body = bodyOf(items);
    const refused = await app.post(body);
    expect(refused.status).toBe(500);
    expect(heard(app).toSorted()).toEqual(['one', 'poison', 'three']);
    poisoned = false;
    app.asked.length = 0;
    expect((await app.post(body)).status).toBe(200);
    expect(heard(app).filter((words) => !['one', 'three'].includes(words))).toEqual(['poison', 'later']);
  });

  test('one person is told in order, several are told side by side', async () => {
    const order: string[] = [];
    await open({
      tell: async (person, event) => {
        if (event.kind !== 'person' || event.event.act.kind !== 'text') return;
        order.push(`${person} ${event.event.act.text} begins`);
        await new Promise(setImmediate);
        order.push(`${person} ${event.event.act.text} ends`);
      },
    });
    const items = ['a', 'b'].flatMap((words) => ['1', '2'].map((psid) => by(psid, text(words))));
    await app.post(bodyOf(items));
    const people = [...new Set(order.map((line) => line.split(' ')[0]))];
    for (const person of people) {
      const own = order
        .filter((line) => line.startsWith(`${person} `))
        .map((line) => line.split(' ').slice(1).join(' '));
      expect(own).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    }
    expect(order.slice(0, 2).every((line) => line.endsWith('a begins'))).toBe(true);
  });
});

describe('what Messenger sends that cannot be accepted', () => {
  let app: ScriptedApp;
  const MIB = 1024 * 1024;
  const bad = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };

  beforeAll(async () => {
    app = await scriptedApp();
  });
  afterAll(() => app.close());

  test.each([
    [413, 'too_large', 'a body over 4 MiB, whatever its signature', 'x'.repeat(4 * MIB + 1), bad],
    [403, 'forbidden', 'a wrong signature, whatever the body', '{', bad],
    [
      403,
      'forbidden',
      'a signature of another body',
      bodyOf([]),
      { 'x-hub-signature-256': `sha256=${'ab'.repeat(32)}` },
    ],
    [400, 'wrong_input', 'signed bytes that are not JSON', '{', {}],
    [400, 'wrong_input', 'signed JSON of another shape', { hello: 'world' }, {}],
    [400, 'wrong_input', 'a signed empty body', '', {}],
  ])('gets %i %s for %s', async (status, code, _what, body, headers) => {
    const answer = await app.post(body, headers);
    expect(answer.status).toBe(status);
    await expectProblem(answer, code);
    expect(app.asked).toEqual([]);
  });

  test('a body of exactly 4 MiB is still read', async () => {
    const frame = JSON.stringify(bodyOf([by('1', text(''))]));
    const filled = frame.replace('"text":""', `"text":"${'x'.repeat(4 * MIB - Buffer.byteLength(frame))}"`);
    expect(Buffer.byteLength(filled)).toBe(4 * MIB);
    expect((await app.post(filled)).status).toBe(200);
    app.asked.length = 0;
  });

  test('no signature at all gets 403', async () => {
    const answer = await fetch(app.url, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(403);
    await expectProblem(answer, 'forbidden');
  });

  test('with Temporal out of reach everything else is still judged first, and the rest gets 503', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:9' });
    const client = createClient(connection, 'default', new KeyRing([{ id: 'k', key: Buffer.alloc(32, 7) }]));
    const taskQueues = { money: 'money', chat: 'chat' };
    const away = await scriptedApp({ gateway: createGateway({ client, taskQueues }) });
    try {
      expect((await away.post('{', bad)).status).toBe(403);
      expect((await away.post('{')).status).toBe(400);
      const receipts = bodyOf([by('1', { read: { watermark: Date.now() } })]);
      expect((await away.post(receipts)).status).toBe(200);
      const answer = await away.post(bodyOf([by('1', text('hello'))]));
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).not.toBeNull();
      await expectProblem(answer, 'unavailable');
    } finally {
      await away.close();
      await connection.close();
    }
  }, 15_000);
});

describe("Messenger's verification", () => {
  test('is answered with its challenge only for the right token', async () => {
    const app = await scriptedApp();
    const ask = (token: string) =>
      fetch(`${app.url}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
    const right = await ask('verify-me');
    expect([right.status, await right.text()]).toEqual([200, '1158201444']);
    expect((await ask('verify-you')).status).toBe(403);
    await app.close();
  });
});

describe('what the webhook hands on', () => {
  test('has card numbers and passwords taken out before it leaves the process', async () => {
    const app = await scriptedApp();
    const mid = `m_${randomUUID()}`;
    const words = 'my password is hunter2 and my card 4111 1111 1111 1111';
    const edit = { message_edit: { mid, text: words, num_edit: 1 } };
    const echo = echoTo('1', { app_id: Number(INBOX_ID), text: words });
    await app.post(bodyOf([by('1', { message: { mid, text: words } }), by('1', edit), echo], [by('2', text(words))]));
    expect(app.asked).toHaveLength(4);
    expect(JSON.stringify([app.asked, app.logged])).not.toMatch(/hunter2|4111/);
    await app.close();
  });

  test('names nobody: the conversation is that of a keyed hash', async () => {
    const app = await scriptedApp();
    await app.post(bodyOf([by('7000000000000001', text('hi'))]));
    const [asked] = app.asked;
    expect(asked?.what === 'tell' && asked.personKey).toMatch(/^[0-9a-f]{32}$/);
    expect(PAGE_ID).not.toBe('');
    expect(JSON.stringify(app.logged)).not.toContain('7000000000000001');
    await app.close();
  });
});

/** The words that Temporal was told. */
function heard({ asked }: ScriptedApp): string[] {
  return asked.flatMap((one) =>
    one.what === 'tell' && one.event.kind === 'person' && one.event.event.act.kind === 'text'
      ? [one.event.event.act.text]
      : [],
  );
}

/** RFC 9457, with our own code, and never a stack. */
async function expectProblem(answer: Response, code: string): Promise<void> {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await answer.json()) as Record<string, unknown>;
  expect(body).toEqual({
    type: `urn:problem:${code}`,
    title: expect.any(String) as string,
    status: answer.status,
    detail: expect.any(String) as string,
    code,
  });
  expect(JSON.stringify(body)).not.toMatch(/\bat .+:\d+:\d+/);
}
