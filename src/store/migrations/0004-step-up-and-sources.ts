import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/**
 * What keeps a payer safe: fresh logins, cards beside the wallet, freezing, blocking, and links that end only when the
 * payments that use them have.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const SOURCES = [
  `create table funding_sources (
    source_id uuid primary key,
    person_key text not null references people,
    kind text not null check (kind in ('card')),
    state text not null check (state in ('usable', 'removed')),
    label_enc bytea not null,
    token_enc bytea,
    token_hash bytea not null,
    customer_id text,
    added_at timestamptz not null default now(),
    removed_at timestamptz
  )`,
  `create index sources_by_person on funding_sources (person_key, added_at) where state = 'usable'`,
  `create table money_settings (
    person_key text primary key references people,
    default_source_id uuid references funding_sources,
    source_changed_at timestamptz,
    frozen_at timestamptz
  )`,
  // The account and the source that the card showed: a payment never takes from another one.
  `alter table payments
    add column link_id uuid references links on delete set null,
    add column source_id uuid references funding_sources on delete set null,
    add column payee_phone_enc bytea,
    add column payee_phone_hash bytea`,
  `create index payments_by_link on payments (link_id) where state in ('started', 'charged', 'held', 'paid-out',
    'refunding')`,
];

/** A link that is ending keeps its token for the payments that have begun to use it, and serves no new one. */
const LINKS = [
  `alter table links drop constraint links_state_check`,
  `alter table links add constraint links_state_check check (state in ('linked', 'ending', 'unlinked'))`,
  `create index links_ending on links (person_key) where state = 'ending'`,
];

const SAFETY = [
  `create table step_ups (
    step_up_id uuid primary key,
    person_key text not null references people,
    purpose text not null check (purpose in ('payment', 'unfreeze', 'add-card')),
    payment_id uuid references payments,
    rollout jsonb,
    state text not null check (state in
      ('needed', 'opened', 'identified', 'approved', 'done', 'refused', 'abandoned')),
    offer_hash bytea unique,
    offer_enc bytea,
    login_state_hash bytea unique,
    code_verifier_enc bytea,
    browser_hash bytea,
    setup_id_enc bytea,
    approve_url_enc bytea,
    problem text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    check ((purpose = 'payment') = (payment_id is not null))
  )`,
  `create index step_ups_by_person on step_ups (person_key)`,
  `create table blocks (
    blocker_key text not null references people,
    blocked_key text not null references people,
    blocked_at timestamptz not null default now(),
    primary key (blocker_key, blocked_key),
    check (blocker_key <> blocked_key)
  )`,
];

const STATEMENTS = [...SOURCES, ...LINKS, ...SAFETY];
