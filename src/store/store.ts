import { sql } from 'kysely';
import type { KeyRing } from '../keys';
import { Conversations } from './chat/conversations';
import { Messages } from './chat/messages';
import { Receipts } from './chat/receipts';
import { openDatabase } from './database';
import type { Db } from './database';
import { Actions } from './desk/actions';
import { DeskEvents } from './desk/desk-events';
import { Drafts } from './desk/drafts';
import { Personas } from './desk/personas';
import { Reps } from './desk/reps';
import { Sessions } from './desk/sessions';
import { Slots } from './desk/slots';
import { migrateToLatest } from './migrate';
import { MoneyCases } from './money/cases';
import { Ledger } from './money/ledger';
import { LedgerSeals } from './money/seals';
import { Limits } from './money/limits';
import { OpenPayments } from './money/open-payments';
import { Payments } from './money/payments';
import { MoneyRequests } from './money/requests';
import { Contacts } from './people/contacts';
import { LinkSessions } from './people/link-sessions';
import { Links } from './people/links';
import { People } from './people/people';
import { PersonalData } from './personal-data';
import { Received } from './received';
import { Safety } from './safety/safety';
import { FundingSources } from './safety/sources';
import { StepUps } from './safety/step-ups';

export interface StoreOptions {
  databaseUrl: string;
  /** Wraps the data keys of people; the first key encrypts. */
  keys: KeyRing;
  /** Keyed hashes of e-mail addresses and the like. Never rotated: what is stored is found by them. */
  blindIndexKey: Buffer;
  /** Connections at once. */
  poolSize?: number;
}

/** What is kept, by aggregate. Methods that write are repeatable, so that an activity may be tried again. */
export interface Aggregates {
  readonly people: People;
  readonly links: Links;
  readonly contacts: Contacts;
  readonly linkSessions: LinkSessions;
  readonly sources: FundingSources;
  readonly stepUps: StepUps;
  readonly safety: Safety;
  readonly payments: Payments;
  readonly openPayments: OpenPayments;
  readonly requests: MoneyRequests;
  readonly ledger: Ledger;
  readonly ledgerSeals: LedgerSeals;
  readonly limits: Limits;
  readonly cases: MoneyCases;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly receipts: Receipts;
  readonly reps: Reps;
  readonly personas: Personas;
  readonly slots: Slots;
  readonly actions: Actions;
  readonly deskEvents: DeskEvents;
  readonly received: Received;
  readonly sessions: Sessions;
  readonly drafts: Drafts;
}

export interface Store extends Aggregates {
  /** Runs the work in one transaction (read committed); within a transaction, in that one. Rejects with its error. */
  transaction<T>(work: (tx: Store) => Promise<T>): Promise<T>;
  /** Brings the database to the newest schema. Several processes may call it at once. */
  migrate(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** Closes all connections but those that listen. */
  close(): Promise<void>;
}

/** Opens the store. Nothing is connected before the first query. */
export function createStore({ databaseUrl, keys, blindIndexKey, poolSize }: StoreOptions): Store {
  const personal = new PersonalData(keys, blindIndexKey);
  return storeOn(openDatabase(databaseUrl, poolSize), { databaseUrl, keys, personal });
}

interface Shared {
  databaseUrl: string;
  keys: KeyRing;
  personal: PersonalData;
}

function storeOn(db: Db, shared: Shared): Store {
  const { personal } = shared;
  const store: Store = {
    people: new People(db, personal),
    links: new Links(db, personal),
    contacts: new Contacts(db, personal),
    linkSessions: new LinkSessions(db, personal),
    sources: new FundingSources(db, personal),
    stepUps: new StepUps(db, personal),
    safety: new Safety(db),
    payments: new Payments(db, personal),
    openPayments: new OpenPayments(db),
    requests: new MoneyRequests(db, personal),
    ledger: new Ledger(db),
    ledgerSeals: new LedgerSeals(db, personal.fingerprint('ledger seals')),
    limits: new Limits(db),
    cases: new MoneyCases(db),
    conversations: new Conversations(db, personal),
    messages: new Messages(db, personal),
    receipts: new Receipts(db),
    reps: new Reps(db),
    personas: new Personas(db),
    slots: new Slots(db),
    actions: new Actions(db),
    deskEvents: new DeskEvents(db, shared.databaseUrl),
    received: new Received(db, shared.keys),
    sessions: new Sessions(db),
    drafts: new Drafts(db, personal),
    transaction: (work) =>
      db.isTransaction ? work(store) : db.transaction().execute((tx) => work(storeOn(tx, shared))),
    migrate: () => migrateToLatest(shared.databaseUrl),
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  };
  return store;
}
