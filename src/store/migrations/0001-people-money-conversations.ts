import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * The first schema. Amounts are integer minor units with their currency beside them, and for every table holds:
 * - personal data is in `…_enc` columns under the person's own data key: to destroy it is deletion; what must be found
 *   again has a keyed hash beside it;
 * - one room writes each table: the API writes `receipts`, `received_events`, `reps`, `sessions` and `drafts`;
 *   activities write the rest. Both write `link_sessions` (pages, until the person has confirmed) and `desk_events`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const PEOPLE = [
  `create table people (
    person_key text primary key,
    page text not null,
    data_key_enc bytea,
    address_enc bytea not null,
    name_enc bytea,
    first_name_enc bytea,
    locale text,
    timezone_hours double precision,
    created_at timestamptz not null default now(),
    profile_read_at timestamptz,
    last_act_at timestamptz,
    ad_click_at timestamptz
  )`,
  `create table links (
    link_id uuid primary key,
    person_key text not null references people,
    state text not null check (state in ('linked', 'unlinked')),
    payer_id_enc bytea not null,
    payer_id_hash bytea not null,
    email_enc bytea not null,
    email_hash bytea not null,
    name_enc bytea not null,
    country text not null,
    platform text not null,
    vault_token_enc bytea,
    vault_token_hash bytea,
    customer_id text,
    linked_at timestamptz not null default now(),
    unlinked_at timestamptz
  )`,
  `create unique index one_link_per_person on links (person_key) where state = 'linked'`,
  `create unique index one_person_per_account on links (payer_id_hash) where state = 'linked'`,
  `create index links_by_email on links (email_hash) where state = 'linked'`,
  `create index links_by_vault_token on links (vault_token_hash) where state = 'linked'`,
  `create table contacts (
    contact_id uuid primary key,
    owner_key text not null references people,
    email_hash bytea not null,
    email_enc bytea not null,
    name_enc bytea not null,
    person_key text references people,
    first_paid_at timestamptz,
    created_at timestamptz not null default now(),
    unique (owner_key, email_hash)
  )`,
  `create table link_sessions (
    session_id uuid primary key,
    person_key text not null,
    offer_hash bytea not null unique,
    state text not null check (state in
      ('offered', 'opened', 'identified', 'approved', 'confirmed', 'linked', 'refused', 'abandoned', 'expired')),
    way text check (way in ('channel', 'web')),
    platform text,
    redirect_uri_enc bytea,
    login_state_hash bytea,
    code_verifier_enc bytea,
    browser_hash bytea,
    identity_enc bytea,
    setup_id_enc bytea,
    approve_url_enc bytea,
    code_hash bytea unique,
    code_expires_at timestamptz,
    code_taken_at timestamptz,
    problem text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  `create unique index link_sessions_by_login_state on link_sessions (login_state_hash)`,
  `create index link_sessions_by_person on link_sessions (person_key)`,
];

const MONEY = [
  `create table payments (
    payment_id uuid primary key,
    payer_key text not null references people,
    payee_key text references people,
    payee_email_enc bytea,
    payee_email_hash bytea,
    payee_name_enc bytea,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    note_enc bytea,
    state text not null check (state in ('draft', 'replaced', 'cancelled', 'started', 'charged', 'paid-out', 'unclaimed',
      'paid', 'declined', 'refunding', 'refunded', 'needs-operator')),
    reason text,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz
  )`,
  `create index payments_by_payer on payments (payer_key, created_at desc)`,
  `create index payments_by_payee on payments (payee_key, created_at desc)`,
  `create table money_steps (
    payment_id uuid not null references payments,
    step text not null check (step in ('charge', 'payout', 'refund')),
    epoch int not null,
    request_key text not null unique,
    amount_minor bigint not null,
    currency text not null,
    state text not null check (state in ('intended', 'done', 'declined', 'failed')),
    provider_ids jsonb not null default '{}',
    first_attempt_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (payment_id, step, epoch)
  )`,
  `create table payouts (
    payment_id uuid primary key references payments,
    workflow_id text not null,
    activity_id text not null,
    batch_id text,
    item_id text,
    state text not null check (state in ('pending', 'held', 'unclaimed', 'paid', 'failed', 'returned', 'reversed')),
    updated_at timestamptz not null default now()
  )`,
  `create table ledger_entries (
    entry_id bigint generated always as identity primary key,
    payment_id uuid not null references payments,
    step text not null,
    epoch int not null,
    account text not null,
    amount_minor bigint not null check (amount_minor <> 0),
    currency text not null,
    recorded_at timestamptz not null default now(),
    unique (payment_id, step, epoch, account)
  )`,
  `create index ledger_by_account on ledger_entries (account)`,
  `create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'ledger entries are append-only'; end $$`,
  `create trigger ledger_is_append_only before update or delete or truncate on ledger_entries
    for each statement execute function refuse_change()`,
  `create function refuse_unbalanced() returns trigger language plpgsql as
    $$ begin
      if (select sum(amount_minor) from ledger_entries where payment_id = new.payment_id and step = new.step
          and epoch = new.epoch and currency = new.currency) <> 0 then
        raise exception 'ledger entries of % do not sum to zero', new.payment_id;
      end if;
      return null;
    end $$`,
  `create constraint trigger ledger_is_balanced after insert on ledger_entries deferrable initially deferred
    for each row execute function refuse_unbalanced()`,
];

const CONVERSATIONS = [
  `create table reps (
    rep_id uuid primary key,
    name text not null unique,
    role text not null check (role in ('rep', 'supervisor', 'operator', 'auditor')),
    status text not null default 'available' check (status in ('available', 'finishing', 'away')),
    slots int not null default 3,
    other_work int not null default 0 check (other_work >= 0),
    created_at timestamptz not null default now()
  )`,
  `create table personas (
    rep_id uuid primary key references reps,
    persona_id text not null,
    created_at timestamptz not null default now()
  )`,
  `create table conversations (
    conversation_id text primary key,
    person_key text not null unique references people,
    reference text not null unique,
    owner text not null check (owner in ('bot', 'queue', 'rep', 'none')),
    rep_id uuid references reps,
    owner_epoch int not null default 0,
    owned_since timestamptz not null default now(),
    waiting_since timestamptz,
    reason text,
    intent text,
    snoozed_until timestamptz,
    closed_at timestamptz,
    last_message_at timestamptz,
    updated_at timestamptz not null default now()
  )`,
  `create index conversations_by_rep on conversations (rep_id) where owner = 'rep'`,
  `create index conversations_by_last_message on conversations (last_message_at desc nulls last)`,
  `create index conversations_waiting on conversations (waiting_since) where owner = 'queue'`,
  `create table slots_taken (
    conversation_id text primary key references conversations,
    rep_id uuid not null references reps,
    action_id text not null,
    taken_at timestamptz not null default now()
  )`,
  `create index slots_by_rep on slots_taken (rep_id)`,
  `create table messages (
    message_id uuid primary key,
    conversation_id text not null references conversations,
    person_key text not null references people,
    sequence bigint generated always as identity,
    direction text not null check (direction in ('in', 'out', 'note', 'line')),
    speaker text not null check (speaker in ('person', 'bot', 'rep', 'notice', 'system')),
    rep_id uuid references reps,
    unique_key text not null unique,
    handled_by text,
    owner_epoch int,
    content_enc bytea not null,
    rule text,
    state text not null check (state in
      ('received', 'pending', 'sending', 'sent', 'unconfirmed', 'failed', 'dropped', 'waiting-window', 'recorded')),
    problem text,
    channel_message_id text,
    attempts int not null default 0,
    created_at timestamptz not null default now(),
    sent_at timestamptz
  )`,
  `create index messages_by_conversation on messages (conversation_id, sequence)`,
  `create index messages_by_channel_id on messages (channel_message_id)`,
  `create index messages_waiting on messages (person_key, sequence) where state = 'waiting-window'`,
  `create table actions (
    action_id text primary key,
    conversation_id text not null references conversations,
    rep_id uuid not null references reps,
    kind text not null,
    body_hash text not null,
    answer jsonb not null,
    accepted_at timestamptz not null default now()
  )`,
  `create table desk_events (
    event_id bigint generated always as identity primary key,
    kind text not null,
    conversation_id text,
    actor text,
    detail jsonb not null default '{}',
    at timestamptz not null default now()
  )`,
  // Numbers are given at the insert and seen at the commit. Without this lock a reader who has seen event 7 could never
  // learn of event 6, committed later. It is held until the commit, so an event is appended last in its transaction.
  `create function one_at_a_time() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(hashtext('desk_events')); return null; end $$`,
  `create trigger desk_events_in_order before insert on desk_events for each statement execute function one_at_a_time()`,
  `create function tell_desks() returns trigger language plpgsql as
    $$ begin perform pg_notify('desk', new.event_id::text); return new; end $$`,
  `create trigger desk_events_are_told after insert on desk_events for each row execute function tell_desks()`,
  `create index desk_events_by_conversation on desk_events (conversation_id, event_id)`,
];

const WRITTEN_BY_THE_API = [
  `create table receipts (
    receipt_id bigint generated always as identity primary key,
    kind text not null check (kind in ('delivered', 'read', 'echo')),
    person_key text not null,
    channel_message_id text not null default '',
    metadata text,
    watermark bigint not null default 0,
    at timestamptz not null,
    unique (kind, person_key, channel_message_id, watermark)
  )`,
  `create index receipts_by_metadata on receipts (metadata) where kind = 'echo'`,
  `create index receipts_by_person on receipts (person_key, kind, watermark)`,
  // By a trigger, so that a webhook's acknowledgement waits for one statement per receipt and nothing else.
  `create function tell_of_receipts() returns trigger language plpgsql as
    $$ begin
      insert into desk_events (kind, conversation_id)
        select distinct 'receipt', conversation_id from new_rows join conversations using (person_key)
        where new_rows.kind <> 'echo';
      return null;
    end $$`,
  `create trigger receipts_are_told after insert on receipts
    referencing new table as new_rows for each statement execute function tell_of_receipts()`,
  `create table received_events (
    provider text not null,
    event_id text not null,
    body_hash bytea not null,
    body_enc bytea not null,
    received_at timestamptz not null default now(),
    forwarded_at timestamptz,
    primary key (provider, event_id)
  )`,
  `create index received_events_by_time on received_events (received_at)`,
  `create table sessions (
    token_hash bytea primary key,
    rep_id uuid not null references reps,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  `create table drafts (
    rep_id uuid not null references reps,
    conversation_id text not null references conversations,
    text_enc bytea not null,
    updated_at timestamptz not null default now(),
    primary key (rep_id, conversation_id)
  )`,
];

const STATEMENTS = [...PEOPLE, ...MONEY, ...CONVERSATIONS, ...WRITTEN_BY_THE_API];
