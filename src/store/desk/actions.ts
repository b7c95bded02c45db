import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import type { Actions as ActionRow, Json } from '../schema/conversations';

/** A rep's action that was accepted, with the answer it got. */
export interface AcceptedAction {
  actionId: string;
  conversationId: string;
  repId: string;
  kind: string;
  /** Of the action's body: the same id with another body is another action. */
  bodyHash: string;
  /** JSON without personal data. */
  answer: unknown;
}

/** Accepted actions by their id, for as long as a desk may repeat one. */
export class Actions {
  constructor(private readonly db: Db) {}

  async find(actionId: string): Promise<AcceptedAction | undefined> {
    const row = await this.db.selectFrom('actions').selectAll().where('action_id', '=', actionId).executeTakeFirst();
    return row && readAction(row);
  }

  /** Keeps the action unless one of this id is kept already; gives what is kept. */
  async record(action: AcceptedAction): Promise<AcceptedAction> {
    await this.db
      .insertInto('actions')
      .values({
        action_id: action.actionId,
        conversation_id: action.conversationId,
        rep_id: action.repId,
        kind: action.kind,
        body_hash: action.bodyHash,
        answer: sql<Json>`${JSON.stringify(action.answer)}::jsonb`,
      })
      .onConflict((conflict) => conflict.column('action_id').doNothing())
      .execute();
    const kept = await this.find(action.actionId);
    if (!kept) throw new NoSuchRow('actions', action.actionId);
    return kept;
  }
}

function readAction(row: Selectable<ActionRow>): AcceptedAction {
  return {
    actionId: row.action_id,
    conversationId: row.conversation_id,
    repId: row.rep_id,
    kind: row.kind,
    bodyHash: row.body_hash,
    answer: row.answer,
  };
}
