import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import express from 'express';
import { deskRoutes } from '../../../src/api/desk/router';
import { problemHandler, unknownRoute } from '../../../src/api/problem';
import type { RouteTable } from '../../../src/api/routes';
import type { HandoffReason } from '../../../src/domain/handoff/owner';
import { parseKeyRing } from '../../../src/keys';
import type { LogFields } from '../../../src/observability';
import { createStore } from '../../../src/store';
import type { Content, Store } from '../../../src/store';
import type { Gateway } from '../../../src/temporal/gateway/gateway';
import { migratedDatabase } from '../../world/servers/database';
import { ScriptedGateway } from './scripted-gateway';

const PAGE = '104205';

/** The desk over real HTTP on a free port, on a database of its own; only the conversations behind it are scripted. */
export interface DeskWorld {
  origin: string;
  databaseUrl: string;
  store: Store;
  gateway: ScriptedGateway;
  table: RouteTable;
  logged: LogFields[];
  /** What the desk takes for the time. */
  clock: { now: Date };
  /** Cuts every connection, as a proxy or a restart would. */
  cut(): void;
  close(): Promise<void>;
}

export async function startDesk({ devLogin = true, deskDirectory = resolve('dist/desk') } = {}): Promise<DeskWorld> {
  const databaseUrl = await migratedDatabase('desk');
  const store = createStore({
    databaseUrl,
    keys: parseKeyRing(`k1:${randomBytes(32).toString('base64')}`),
    blindIndexKey: randomBytes(32),
    poolSize: 4,
  });
  const app = express();
  const server = await listening(createServer(app));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gateway = new ScriptedGateway(store);
  const logged: LogFields[] = [];
  const log = (fields: LogFields) => void logged.push(fields);
  const clock = { now: new Date() };
  const table = deskRoutes({
    store,
    gateway: gateway as unknown as Gateway,
    log,
    origin,
    devLogin,
    deskDirectory,
    now: () => clock.now,
  });
  app.use(table.router);
  app.use(unknownRoute);
  app.use(problemHandler(log));
  return {
    origin,
    databaseUrl,
    store,
    gateway,
    table,
    logged,
    clock,
    cut: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await store.close();
    },
  };
}

function listening(server: Server): Promise<Server> {
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/** A person with a conversation that waits for a rep. */
export interface WaitingPerson {
  id: string;
  personKey: string;
  reference: string;
}

export async function somebodyWaits(
  { store }: DeskWorld,
  name: string,
  { says = ['I want to talk to a person'], minutes = 4, reason = 'asked-for-a-person' as HandoffReason } = {},
): Promise<WaitingPerson> {
  const personKey = randomBytes(16).toString('hex');
  const id = `conversation/${PAGE}/${personKey}`;
  await store.people.register({ personKey, page: PAGE, address: `psid-${personKey}` });
  await store.people.saveProfile(personKey, { name, firstName: name.split(' ')[0] });
  await store.people.acted(personKey, new Date());
  await store.conversations.ensure({ conversationId: id, personKey });
  for (const text of says) await personSays({ store }, id, personKey, { kind: 'text', text });
  const since = new Date(Date.now() - minutes * 60_000);
  await store.conversations.setOwner(id, {
    kind: 'queue',
    epoch: 1,
    since,
    waitingSince: since,
    reason,
    intent: 'password',
  });
  await store.deskEvents.append({ kind: 'queued', conversationId: id, actor: 'person', detail: { reason } });
  const row = await store.conversations.find(id);
  return { id, personKey, reference: row?.reference ?? '' };
}

/** A message from the person, as the conversation keeps one. */
export async function personSays(
  { store }: Pick<DeskWorld, 'store'>,
  conversationId: string,
  personKey: string,
  content: Content,
): Promise<void> {
  const key = randomUUID();
  await store.transaction(async (tx) => {
    const at = new Date();
    await tx.messages.receive({ conversationId, personKey, key, handledBy: key, content, at });
    await tx.deskEvents.append({ kind: 'message', conversationId, actor: 'person' });
  });
}
