import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Sending a share of a request back: which share a payment sends back, so that each goes back once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table payments add column sends_back uuid references request_shares`,
  `alter table request_shares
    add column sent_back_by uuid references payments,
    drop constraint request_shares_state_check,
    add constraint request_shares_state_check check (state in
      ('asked', 'paying', 'paid', 'declined', 'cancelled', 'expired', 'returning', 'returned'))`,
  `create index shares_sent_back_by on request_shares (sent_back_by) where sent_back_by is not null`,
];
