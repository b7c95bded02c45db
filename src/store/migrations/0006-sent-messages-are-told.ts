import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Desks hear that a message left in the statement that says so, as they do of receipts: one round trip and no transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // After the row and its lock, as an event comes last in its transaction.
  `create function tell_of_sent_message() returns trigger language plpgsql as
    $$ begin
      insert into desk_events (kind, conversation_id) values ('message-sent', new.conversation_id);
      return null;
    end $$`,
  `create trigger sent_messages_are_told after update of state on messages for each row
    when (new.state = 'sent' and old.state <> 'sent') execute function tell_of_sent_message()`,
];
