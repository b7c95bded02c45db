import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { DeskStream } from '../../../src/api/desk/stream';
import type { StreamDependencies } from '../../../src/api/desk/stream';
import { eventually } from '../../world/waiting';
import { somebodyWaits, startDesk } from './desk-world';
import type { DeskWorld } from './desk-world';
import { EventReader } from './event-reader';
import { Rep } from './rep';

let desk: DeskWorld;
let ana: Rep;
const readers: EventReader[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  desk = await startDesk();
  ana = await Rep.signIn(desk.origin, 'Ana');
});
afterEach(() => {
  readers.splice(0).forEach((reader) => reader.close());
  servers.splice(0).forEach((server) => server.close());
});
afterAll(() => desk.close());

async function open(lastId?: number, query = ''): Promise<EventReader> {
  const { cookie } = ana.headers;
  return openAt(`${desk.origin}/api/desk/events${query}`, {
    cookie,
    ...(lastId === undefined ? {} : { 'last-event-id': String(lastId) }),
  });
}

async function openAt(url: string, headers: Record<string, string>): Promise<EventReader> {
  const reader = await EventReader.open(url, headers);
  readers.push(reader);
  return reader;
}

async function append(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1)
    await desk.store.deskEvents.append({ kind: 'message', conversationId: 'c' });
}

function latest(): Promise<number> {
  return desk.store.deskEvents.latestId();
}

/** The reader has everything up to the newest event. */
async function caughtUp(reader: EventReader): Promise<void> {
  const last = await latest();
  await eventually(`event ${last}`, async () => Number(reader.events.at(-1)?.id ?? -1) >= last);
}

test('a new page is told to read everything, then hears of every change as it happens', async () => {
  const reader = await open();
  await eventually('the snapshot', async () => reader.events.length > 0);
  expect(reader.events[0]).toEqual({ name: 'snapshot', id: String(await latest()), data: {} });
  const { id } = await somebodyWaits(desk, 'Dana Reyes');
  await ana.act(id, 'claim');
  await caughtUp(reader);
  expect(reader.events.at(-1)).toMatchObject({
    name: 'change',
    data: { kind: 'claim', conversationId: id, actor: 'Ana' },
  });
  expect(reader.headers['content-type']).toContain('text/event-stream');
  expect(reader.headers['x-accel-buffering']).toBe('no');
});

test('a page that was away goes on from its last event: nothing is lost, nothing comes twice', async () => {
  const first = await open();
  await append(5);
  await caughtUp(first);
  const seen = Number(first.events.at(-1)?.id);
  first.close();
  await append(7);
  const second = await open(seen);
  await append(3);
  await caughtUp(second);
  expect(second.ids).toEqual(Array.from({ length: 10 }, (_, index) => seen + 1 + index));
  expect(second.events.every(({ name }) => name === 'change')).toBe(true);
});

test('a page that had to open its stream by hand says in the address where it goes on', async () => {
  await append(2);
  const from = await latest();
  await append(2);
  const reader = await open(undefined, `?after=${from}`);
  await caughtUp(reader);
  expect(reader.ids).toEqual([from + 1, from + 2]);
});

test('an id that is too old, or from another time, begins with a snapshot', async () => {
  await append(1_001);
  const tooOld = await open(1);
  const unknown = await open((await latest()) + 1_000);
  for (const reader of [tooOld, unknown]) {
    await eventually('the snapshot', async () => reader.events.length > 0);
    expect(reader.events[0]).toMatchObject({ name: 'snapshot', id: String(await latest()) });
  }
});

test('pages at different places each get what they lack, in order', async () => {
  const from = await latest();
  await append(450);
  const at = [from, from + 100, from + 300, from + 450];
  const many = await Promise.all(at.map((id) => open(id)));
  await append(20);
  for (const reader of many) await caughtUp(reader);
  many.forEach((reader, index) => {
    const start = at[index] ?? 0;
    expect(reader.ids).toEqual(Array.from({ length: from + 470 - start }, (_, step) => start + 1 + step));
  });
});

test('one connection listens for all pages of a process, and none when there is no page', async () => {
  await Promise.all([open(), open(), open()]);
  const admin = new Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await admin.connect();
  const listening = async () => {
    const { rows } = await admin.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = $1 and query = 'listen desk'`,
      [new URL(desk.databaseUrl).pathname.slice(1)],
    );
    return rows[0]?.count;
  };
  expect(await listening()).toBe(1);
  readers.splice(0).forEach((reader) => reader.close());
  await eventually('nobody listens', async () => (await listening()) === 0);
  await admin.end();
});

test('a page goes on hearing after the database cut the listening connection', async () => {
  const reader = await open();
  const admin = new Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await admin.connect();
  await eventually('the connection is cut', async () => {
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and query = 'listen desk'`,
      [new URL(desk.databaseUrl).pathname.slice(1)],
    );
    return rowCount === 1;
  });
  await admin.end();
  await append(3);
  await caughtUp(reader);
});

test('who joins further back while the log is being read misses nothing of what lies between', async () => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  let reads = 0;
  const log = Array.from({ length: 10 }, (_, index) => ({
    eventId: index + 1,
    kind: 'message',
    detail: {},
    at: new Date(),
  }));
  const url = await serve({
    async after(eventId) {
      if ((reads += 1) === 1) await held;
      return log.filter((event) => event.eventId > eventId);
    },
    latestId: async () => 10,
    listen: async () => ({ close: async () => undefined }),
  });
  const ahead = await openAt(url, { 'last-event-id': '8' });
  await eventually('the log is being read', async () => reads === 1);
  const back = await openAt(url, { 'last-event-id': '2' });
  release();
  await eventually('both have everything', async () => ahead.ids.at(-1) === 10 && back.ids.at(-1) === 10);
  expect(ahead.ids).toEqual([9, 10]);
  expect(back.ids).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
});

test('several events that are told in one moment all arrive, though the first of them was read already', async () => {
  let tell: (eventId: number) => void = () => undefined;
  let written = 0;
  const url = await serve({
    after: async (eventId) =>
      Array.from({ length: written - eventId }, (_, index) => ({
        eventId: eventId + 1 + index,
        kind: 'message',
        detail: {},
        at: new Date(),
      })),
    latestId: async () => written,
    async listen(onEvent) {
      tell = onEvent;
      return { close: async () => undefined };
    },
  });
  const reader = await openAt(url, {});
  await eventually('the snapshot', async () => reader.events.length > 0);
  written = 2;
  tell(1);
  await eventually('both are read', async () => reader.ids.length === 2);
  written = 4;
  for (const eventId of [2, 3, 4]) tell(eventId);
  await eventually('all of them', async () => reader.ids.length === 4);
  expect(reader.ids).toEqual([1, 2, 3, 4]);
});

test('who comes while the last page is leaving still hears of what happens', async () => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  let reads = 0;
  const { deskEvents } = desk.store;
  const url = await serve({
    after: (eventId, limit) => deskEvents.after(eventId, limit),
    listen: (onEvent) => deskEvents.listen(onEvent),
    async latestId() {
      if ((reads += 1) === 2) await held;
      return deskEvents.latestId();
    },
  });
  const connections = () => new Promise((tell) => servers.at(-1)?.getConnections((_error, count) => tell(count)));
  const leaving = await openAt(url, {});
  await eventually('the snapshot', async () => leaving.events.length > 0);
  const coming = openAt(url, {});
  await eventually('the next one is at the door', async () => reads === 2);
  leaving.close();
  await eventually('the last one has left', async () => (await connections()) === 1);
  release();
  const reader = await coming;
  await append(1);
  await caughtUp(reader);
  expect(reader.events.at(-1)?.name).toBe('change');
});

test('a stream ends when its session has ended, and says so', async () => {
  let goesOn = true;
  const url = await serve(desk.store.deskEvents, async () => goesOn);
  const reader = await openAt(url, {});
  await eventually('the snapshot', async () => reader.events.length > 0);
  expect(reader.ended).toBe(false);
  goesOn = false;
  await eventually('the end', async () => reader.ended);
  expect(reader.events.at(-1)?.name).toBe('signed-out');
});

/** A stream alone behind HTTP, for what a whole desk does not do on demand. */
async function serve(
  deskEvents: StreamDependencies['deskEvents'],
  goesOn: StreamDependencies['goesOn'] = async () => true,
): Promise<string> {
  const stream = new DeskStream({ deskEvents, goesOn, log: () => undefined, checkEveryMs: 20 });
  const server = createServer((request, response) => {
    const lastId = request.headers['last-event-id'];
    const after = lastId === undefined ? undefined : Number(lastId);
    void stream.open(request, response, { after, tokenHash: Buffer.alloc(1) });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
