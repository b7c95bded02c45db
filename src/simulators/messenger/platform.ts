import { SimulatedClock } from '../control/clock';
import { Documents, memoryOnly } from '../control/documents';
import type { Collection } from '../control/documents';
import { FaultList } from '../control/faults';
import { Journal } from '../control/journal';
import { postgresDocuments } from '../control/postgres-documents';
import { LinkingTokens } from './page/linking-tokens';
import { PageObjects } from './page/page-objects';
import { Usage } from './graph/rules/usage';
import { Changes } from './people/changes';
import { People } from './people/people';
import type { NewPerson } from './people/person';
import { Threads } from './people/threads';
import { Typing } from './people/typing';
import { Announcer } from './webhooks/announcer';
import { Dispatcher } from './webhooks/dispatcher';
import { EventQueue } from './webhooks/queue';
import { Receipts } from './webhooks/receipts';
import { Subscription } from './webhooks/subscription';

/** Who the page and the application are, and what they share as secrets. */
export interface Identity {
  readonly pageId: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly pageToken: string;
}

/** An error a test asks for, in the platform's terms. */
export interface MetaError {
  readonly code: number;
  readonly subcode?: number;
}

/** Everything the simulated platform knows and does, for the routes in front of it. */
export interface Platform {
  readonly identity: Identity;
  readonly clock: SimulatedClock;
  readonly faults: FaultList<MetaError>;
  readonly journal: Journal;
  readonly changes: Changes;
  readonly people: People;
  readonly threads: Threads;
  readonly typing: Typing;
  readonly page: PageObjects;
  readonly linking: LinkingTokens;
  readonly usage: Usage;
  readonly subscription: Subscription;
  readonly announcer: Announcer;
  readonly receipts: Receipts;
  /** Keeps every change made so far, then has what is queued delivered. Await it before an answer leaves. */
  settle(): Promise<void>;
  /** Keeps where the clock is. */
  keepClock(): Promise<void>;
  close(): Promise<void>;
}

/** What the platform is opened with. */
export interface PlatformOptions extends Identity {
  readonly databaseUrl: string | undefined;
  readonly webhookUrl: string;
  readonly people: readonly NewPerson[];
}

/**
 * Opens the platform on its database (in memory without one), goes on where it was, and creates the given people if
 * there are none yet.
 * @throws what PostgreSQL says when the database cannot be used
 */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { pageId, appId, appSecret, pageToken, databaseUrl, webhookUrl } = options;
  const identity: Identity = { pageId, appId, appSecret, pageToken };
  const documents = new Documents(databaseUrl === undefined ? memoryOnly : await postgresDocuments(databaseUrl));
  const clock = new SimulatedClock();
  const clockKept: Collection<number> = documents.collection('clock');
  const changes = new Changes();
  const people = new People(documents, clock, changes, appId);
  const threads = new Threads(documents, changes);
  const typing = new Typing(changes);
  const page = new PageObjects(documents, changes);
  const linking = new LinkingTokens(documents, clock);
  const subscription = new Subscription(documents, webhookUrl);
  const queue = new EventQueue(documents);
  const faults = new FaultList<MetaError>();
  await documents.load();
  threads.restore();
  queue.restore();
  subscription.restore();
  clock.restore(clockKept.get('offset') ?? 0);
  if (people.isEmpty) for (const person of options.people) people.seed(person);

  const announcer = new Announcer(queue, subscription, clock, identity);
  const dispatcher = new Dispatcher({
    documents,
    clock,
    faults,
    queue,
    subscription,
    pageId,
    appSecret,
    acknowledged: ({ psid, field, mid, event }) => {
      const message = mid === undefined ? undefined : threads.get(mid);
      if (message?.from === 'person' && message.deliveredAt === undefined) {
        message.deliveredAt = Date.now();
        threads.keep(message);
      }
      if (field === 'messaging_account_linking') linking.acknowledged(people, psid, event);
    },
    attempted: ({ mid }, exchange) => {
      const message = mid === undefined ? undefined : threads.get(mid);
      if (message !== undefined) threads.note(message, exchange);
    },
  });
  const settle = async (): Promise<void> => {
    await documents.commit();
    dispatcher.wake();
  };
  const receipts = new Receipts(people, threads, announcer, settle);
  await settle();
  receipts.resume();

  return {
    identity,
    clock,
    faults,
    journal: new Journal(),
    changes,
    people,
    threads,
    typing,
    page,
    linking,
    usage: new Usage(),
    subscription,
    announcer,
    receipts,
    settle,
    keepClock: async () => {
      clockKept.set('offset', clock.offsetMs);
      await documents.commit();
      dispatcher.wake();
    },
    close: async () => {
      receipts.close();
      typing.close();
      await dispatcher.close();
      await documents.close();
    },
  };
}
