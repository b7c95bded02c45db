import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Asking one person or several for money: the request, and each person's share of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table money_requests (
    request_id uuid primary key,
    requester_key text not null references people,
    note_enc bytea,
    currency text not null,
    own_minor bigint not null default 0 check (own_minor >= 0),
    state text not null check (state in ('draft', 'open', 'settled', 'expired', 'cancelled')),
    card_expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    asked_at timestamptz,
    ended_at timestamptz
  )`,
  `create index requests_by_requester on money_requests (requester_key, created_at desc)`,
  `create table request_shares (
    share_id uuid primary key,
    request_id uuid not null references money_requests,
    place int not null,
    payer_key text not null references people,
    amount_minor bigint not null check (amount_minor > 0),
    state text not null check (state in ('asked', 'paying', 'paid', 'declined', 'cancelled', 'expired', 'returned')),
    payment_id uuid references payments,
    answered_at timestamptz,
    unique (request_id, payer_key)
  )`,
  `create index shares_by_payer on request_shares (payer_key)`,
  `alter table payments add column share_id uuid references request_shares`,
];
