import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { OwnerKind } from '../../domain/handoff/owner';
import type { Db } from '../database';
import { NoSuchRow } from '../errors';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';

/** A conversation as the desk lists it. */
export interface Conversation {
  conversationId: string;
  personKey: string;
  /** Short and readable, for people to tell each other: `C-7K3F9Q`. */
  reference: string;
  owner: { kind: OwnerKind; rep?: { id: string; name: string }; since: Date; epoch: number };
  waitingSince?: Date;
  reason?: string;
  intent?: string;
  closedAt?: Date;
  lastMessageAt?: Date;
  /** Absent where the channel withholds it, or the person was forgotten. */
  personName?: string;
}

/** A change of owner, as the workflow decided it. */
export interface Ownership {
  kind: OwnerKind;
  repId?: string;
  epoch: number;
  since: Date;
  waitingSince?: Date;
  reason?: string;
  intent?: string;
}

/** Letters and digits that are not taken for each other, in writing or on the telephone. */
const REFERENCE_LETTERS = '2346789ABCDEFGHJKMNPQRTVWXYZ';
const REFERENCE_LENGTH = 6;

/** Tries until a free reference is drawn; 28^6 of them make a second try rare and a fifth one impossible. */
const REFERENCE_TRIES = 5;

/** What the desk lists. The workflow decides who owns a conversation; these rows show it. */
export class Conversations {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** Makes the conversation's row, with a reference of its own. Repeatable. */
  async ensure({ conversationId, personKey }: { conversationId: string; personKey: string }): Promise<void> {
    for (let tries = 0; tries < REFERENCE_TRIES; tries += 1) {
      const known = await this.db
        .selectFrom('conversations')
        .select('conversation_id')
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      if (known) return;
      await this.db
        .insertInto('conversations')
        .values({
          conversation_id: conversationId,
          person_key: personKey,
          reference: drawReference(),
          owner: 'bot',
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    throw new NoSuchRow('conversations', conversationId);
  }

  async find(idOrReference: string): Promise<Conversation | undefined> {
    const row = await this.rows()
      .where((eb) => eb.or([eb('conversation_id', '=', idOrReference), eb('reference', '=', idOrReference)]))
      .executeTakeFirst();
    return row && this.read(row);
  }

  /** One list of the desk: who waits longest comes first, everything else newest first. `mine` is the rep's. */
  async list(
    state: 'waiting' | 'mine' | 'all' | 'closed',
    repId: string | undefined,
    limit: number,
  ): Promise<Conversation[]> {
    const rows = await this.rows()
      .$if(state === 'waiting', (query) => query.where('owner', '=', 'queue').orderBy('waiting_since'))
      .$if(state === 'mine', (query) =>
        query.where('owner', '=', 'rep').where('conversations.rep_id', '=', repId ?? null),
      )
      .$if(state === 'closed', (query) => query.where('closed_at', 'is not', null))
      .orderBy('last_message_at', (order) => order.desc().nullsLast())
      .orderBy('conversation_id')
      .limit(limit)
      .execute();
    return rows.map((row) => this.read(row));
  }

  /**
   * Shows a change of owner. Changes may arrive late or twice: true when the row now shows this owner, false when it
   * shows a later one.
   */
  async setOwner(conversationId: string, to: Ownership): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('conversations')
      .set({
        owner: to.kind,
        rep_id: to.repId ?? null,
        owner_epoch: to.epoch,
        owned_since: to.since,
        waiting_since: to.waitingSince ?? null,
        reason: to.reason ?? null,
        intent: to.intent ?? null,
        updated_at: sql<Date>`now()`,
      })
      .where('conversation_id', '=', conversationId)
      .where((eb) =>
        eb.or([
          eb('owner_epoch', '<', to.epoch),
          eb.and([
            eb('owner_epoch', '=', to.epoch),
            eb('owner', '=', to.kind),
            eb('rep_id', 'is not distinct from', to.repId ?? null),
          ]),
        ]),
      )
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Closes the conversation at this time, or opens it again. */
  async setClosed(conversationId: string, at: Date | undefined): Promise<void> {
    await this.db
      .updateTable('conversations')
      .set({ closed_at: at ?? null, updated_at: sql<Date>`now()` })
      .where('conversation_id', '=', conversationId)
      .execute();
  }

  private rows() {
    return this.db
      .selectFrom('conversations')
      .innerJoin('people', 'people.person_key', 'conversations.person_key')
      .leftJoin('reps', 'reps.rep_id', 'conversations.rep_id')
      .selectAll('conversations')
      .select(['people.data_key_enc', 'people.name_enc', 'reps.name as rep_name']);
  }

  private read(row: Awaited<ReturnType<ReturnType<Conversations['rows']>['execute']>>[number]): Conversation {
    return {
      conversationId: row.conversation_id,
      personKey: row.person_key,
      reference: row.reference,
      owner: {
        kind: row.owner as OwnerKind,
        ...(row.rep_id && row.rep_name ? { rep: { id: row.rep_id, name: row.rep_name } } : {}),
        since: row.owned_since,
        epoch: row.owner_epoch,
      },
      waitingSince: row.waiting_since ?? undefined,
      reason: row.reason ?? undefined,
      intent: row.intent ?? undefined,
      closedAt: row.closed_at ?? undefined,
      lastMessageAt: row.last_message_at ?? undefined,
      personName: this.nameOf(row),
    };
  }

  private nameOf(row: {
    person_key: string;
    data_key_enc: Buffer | null;
    name_enc: Buffer | null;
  }): string | undefined {
    if (!row.data_key_enc) return undefined;
    const key = this.personal.unwrap(row.person_key, row.data_key_enc);
    return new SealedRow(key, 'people', row.person_key).openOptional('name_enc', row.name_enc);
  }
}

function drawReference(): string {
  const letters = Array.from(
    { length: REFERENCE_LENGTH },
    () => REFERENCE_LETTERS[randomInt(REFERENCE_LETTERS.length)],
  );
  return `C-${letters.join('')}`;
}
