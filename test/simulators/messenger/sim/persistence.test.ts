import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { startMessengerSimulator } from '../../../../src/simulators/messenger/start';
import { startApplication } from '../world/application';
import type { Application } from '../world/application';
import { APP_ID, APP_SECRET, call, eventually, PAGE_ID, PAGE_TOKEN } from '../world/world';

describe('A restart', () => {
  let databaseUrl: string;
  let application: Application;
  const open: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    databaseUrl = await createDatabase();
    application = await startApplication();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((simulator) => simulator.close()));
    await application.close();
  });

  const start = async (): Promise<{ url: string; close(): Promise<void> }> => {
    const simulator = await startMessengerSimulator({
      host: '127.0.0.1',
      port: 0,
      databaseUrl,
      pageId: PAGE_ID,
      appId: APP_ID,
      appSecret: APP_SECRET,
      pageToken: PAGE_TOKEN,
      webhookUrl: application.webhookUrl,
      people: [{ name: 'Dana Reyes', platform: 'ios', country: 'US' }],
    });
    open.push(simulator);
    return simulator;
  };
  const kindsHolding = async (text: string): Promise<string[]> => {
    const { rows } = await query(
      databaseUrl,
      `select kind from documents where body::text like '%${text}%' order by kind`,
    );
    return rows.map(({ kind }) => kind);
  };
  /** Whatever a second process finds in the database is what a kill would have left. */
  const people = async (url: string): Promise<{ psid: string; name: string }[]> =>
    (await call('GET', `${url}/_sim/people`)).body.people;

  test('nothing that was answered is lost, and what was not acknowledged is delivered by the next process', async () => {
    application.answering = () => 503;
    const before = await start();
    const [dana] = await people(before.url);
    const psid = dana?.psid ?? '';
    await call('POST', `${before.url}/_sim/people`, { name: 'Emil' });
    await call('POST', `${before.url}/_sim/people/${psid}/messages`, { text: 'one' });
    await call('POST', `${before.url}/_sim/people/${psid}/messages`, { text: 'two' });
    const { body: persona } = await call('POST', `${before.url}/me/personas?access_token=${PAGE_TOKEN}`, {
      name: 'Ana',
    });
    await call('POST', `${before.url}/me/messages?access_token=${PAGE_TOKEN}`, {
      recipient: { id: psid },
      persona_id: persona.id,
      message: { text: 'three' },
    });
    await call('POST', `${before.url}/_sim/clock`, { advance: 'PT2H' });
    await eventually('a failed delivery', () => application.webhooks.length > 0);
    await before.close();

    application.webhooks.length = 0;
    application.answering = () => 200;
    const after = await start();
    expect((await people(after.url)).map(({ name }) => name)).toEqual(['Dana Reyes', 'Emil']);
    const { messages } = (await call('GET', `${after.url}/_sim/people/${psid}/thread`)).body;
    expect(messages.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    expect(messages[2]?.persona?.name).toBe('Ana');
    await eventually('what was not acknowledged', () => application.events().length >= 3);
    expect(
      application
        .events()
        .map(({ event }) => event.message?.text)
        .slice(0, 3),
    ).toEqual(['one', 'two', 'three']);
    const { body: clock } = await call('GET', `${after.url}/_sim/clock`);
    expect(Date.parse((clock as unknown as { now: string }).now) - Date.now()).toBeGreaterThan(7_000_000);
  });

  test('an answered message is in the database at once: a process that is killed has not taken it along', async () => {
    const running = await start();
    const [dana] = await people(running.url);
    application.answering = () => new Promise(() => undefined);
    await call('POST', `${running.url}/_sim/people/${dana?.psid}/messages`, { text: 'before the kill' });
    expect(await kindsHolding('before the kill')).toEqual(['event', 'message']);

    // With nothing to deliver, nothing but the answer itself can have had it written.
    await call('DELETE', `${running.url}/me/subscribed_apps?access_token=${PAGE_TOKEN}`);
    await call('POST', `${running.url}/_sim/people/${dana?.psid}/messages`, { text: 'told to nobody' });
    expect(await kindsHolding('told to nobody')).toEqual(['message']);
  });
});

async function createDatabase(): Promise<string> {
  const server = process.env['TEST_DATABASE_URL'] ?? '';
  const name = `messenger_${randomUUID().replaceAll('-', '')}`;
  await query(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function query(url: string, sql: string): Promise<{ rows: { kind: string }[] }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<{ kind: string }>(sql);
  } finally {
    await client.end();
  }
}
