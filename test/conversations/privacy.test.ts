import { Writable } from 'node:stream';
import { Client } from '@temporalio/client';
import type { Connection } from '@temporalio/client';
import { createLog } from '../../src/observability';
import { conversationId } from '../../workflows/messages/conversation';
import { Rep } from '../api/desk/rep';
import { acquaint, newcomer, openAccount } from '../world/people/citizens';
import { Browser } from '../world/people/browser';
import { fault } from '../world/simulators';
import { query } from '../world/time';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

const CARDS = ['4111111111111111', '5500005555555559', '340000000000009', '6011000000000004', '4012888888881881'];
const PASSWORDS = ['Tr0ub4dor', 'hunter2canary', 'correcthorse', 'S3cretCanary', 'qwertycanary'];
/** Everything by which the person, or what was said, would be recognised. */
const WORDS = {
  first: 'Quilliana',
  last: 'Zyxwhistle',
  email: 'quilliana.zyx@canary.example',
  accountName: 'Quilliana Paypalname',
  payee: 'Bartholocanary',
  payeeEmail: 'bartholo@canary.example',
  strangerEmail: 'stranger.canary@canary.example',
  notes: ['canarypizza', 'canaryrent', 'canarygift'],
  said: ['marmaladecanary', 'periwinklecanary', 'zeppelincanary', 'rhubarbcanary', 'thimblecanary'],
  rep: ['replycanary', 'notecanary'],
};

describe('what people say and who they are', () => {
  let world: World;
  let written = '';
  let planted: string[] = [];
  let psid: string;
  let key: string;

  beforeAll(async () => {
    const destination = new Writable({
      write(chunk, _encoding, done) {
        written += String(chunk);
        done();
      },
    });
    world = await openWorld({ log: createLog({ part: 'test', level: 'debug', destination }) });
    await plant();
  }, 60_000);
  afterAll(() => world.close());

  /** Says all of it in the chat, the way people do, with something going wrong on the way. */
  async function plant(): Promise<void> {
    const { first, last, email, accountName, payee, payeeEmail, strangerEmail, notes, said, rep } = WORDS;
    await openAccount(world, { email, name: accountName, usd: '500.00' });
    await openAccount(world, { email: payeeEmail, name: `${payee} Friend` });
    const person = await newcomer(world, `${first} ${last}`);
    const { phone } = person;
    key = person.key;
    psid = phone.psid;
    const card = await phone.hears(/Log In/, await phone.says('link my paypal account'));
    const { url = '', userAgent = '' } = await phone.taps(card, 'Log In');
    const browser = new Browser(userAgent);
    await browser.open(url);
    await browser.press('Log in with PayPal');
    await browser.press('Agree and Continue', { email });
    await browser.press('Link');
    await phone.hears(/is linked/, 0);
    await query(world, `update links set linked_at = linked_at - interval '40 days'`);
    const account = { email: payeeEmail, name: `${payee} Friend` };
    await acquaint(world.store, person, account);

    for (const [place, note] of notes.entries()) {
      const shown = await phone.hears(/Confirm/, await phone.says(`send $${place + 2} to ${payee} for ${note}`));
      if (place === 0)
        await fault(world.paypal, { on: { path: '/v2/checkout' }, do: { dropResponse: true }, times: 1 });
      if (place < 2) await phone.hears(/has arrived/, (await phone.taps(shown, 'Confirm')).since);
    }
    await phone.hears(/Confirm|don't find/, await phone.says(`send $5 to ${strangerEmail}`));
    await phone.says('cancel');
    for (const digits of CARDS) await phone.says(`my card is ${digits}`);
    for (const password of PASSWORDS) await phone.says(`my password is ${password}`);
    await fault(world.messenger, { on: { path: '/messages', psid }, do: { status: 503 }, times: 3 });
    for (const words of said) await phone.says(words);
    await phone.hears(/asked for a person/, await phone.says('talk to a person'));
    const ana = await Rep.signIn(world.app, 'Ana');
    const id = conversationId(world.page, key);
    await ana.act(id, 'claim');
    await ana.act(id, 'reply', { text: `hello, ${rep[0]}` });
    await ana.act(id, 'note', { text: `for colleagues: ${rep[1]}` });
    await phone.hearsFromInbox('inboxcanary');
    await eventually('the inbox’s words are kept', async () =>
      JSON.stringify(await world.store.messages.thread(id, { limit: 200 })).includes('inboxcanary'),
    );
    await ana.act(id, 'resolve', { reason: 'answered' });
    const link = await world.store.links.active(key);
    const token = (link && (await world.store.links.token(link.linkId))) ?? '';
    const who = [first, last, email, accountName, payee, payeeEmail, strangerEmail, psid, token];
    const what = [...notes, ...said, ...rep, 'inboxcanary'];
    planted = [...who, ...what, ...CARDS, ...PASSWORDS];
  }

  const found = (haystack: string): string[] => {
    const hay = haystack.toLowerCase();
    return planted.filter((canary) => hay.includes(canary.toLowerCase()));
  };

  test('thirty of them were planted, and the application knows what it should', async () => {
    expect(new Set(planted).size).toBeGreaterThanOrEqual(30);
    expect(planted.every((canary) => canary.length > 6)).toBe(true);
    const thread = JSON.stringify(await world.store.messages.thread(conversationId(world.page, key), { limit: 300 }));
    for (const words of [...WORDS.said, ...WORDS.rep]) expect(thread).toContain(words);
    expect(thread).toContain('[card number removed]');
    expect(found(thread).filter((canary) => [...CARDS, ...PASSWORDS].includes(canary))).toEqual([]);
  });

  test('are in no raw history, no search attribute, no memo and no id at Temporal', async () => {
    const { connection } = world.client;
    const raw = new Client({ connection: connection as Connection });
    const ours = [world.taskQueues.chat, world.taskQueues.money];
    let runs = 0;
    for (const taskQueue of ours) {
      for await (const execution of raw.workflow.list({ query: `TaskQueue = "${taskQueue}"` })) {
        runs += 1;
        const { history } = await connection.workflowService.getWorkflowExecutionHistory({
          namespace: 'default',
          execution: { workflowId: execution.workflowId, runId: execution.runId },
        });
        expect(found(readable(history))).toEqual([]);
        expect(found(readable(execution.raw))).toEqual([]);
        expect(found(execution.workflowId)).toEqual([]);
      }
    }
    expect(runs).toBeGreaterThanOrEqual(4);
  });

  test('are in no column of the database, as text or as bytes', async () => {
    const tables = await query(
      world,
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(15);
    let rows = 0;
    for (const { name } of tables) {
      const all = await query(world, `select * from "${String(name)}"`);
      rows += all.length;
      expect({ table: name, found: found(readable(all)) }).toEqual({ table: name, found: [] });
    }
    expect(rows).toBeGreaterThan(50);
  });

  test('are in no line of the log', () => {
    expect(written.split('\n').length).toBeGreaterThan(20);
    expect(found(written)).toEqual([]);
  });
});

/** Everything in it as text: bytes, at whatever depth, are read as UTF-8 too. */
function readable(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Date || value === null || typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}=${readable(inner)}`)
    .join('\n');
}
