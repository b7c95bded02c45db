import type { Db } from '../database';

/** Proof from the channel that a message of ours arrived somewhere. */
export interface ReceiptRow {
  kind: 'delivered' | 'read' | 'echo';
  personKey: string;
  channelMessageId?: string;
  /** Our id of the message, as the echo brings it back. */
  metadata?: string;
  /** Everything up to this moment, in milliseconds since the epoch by the channel's clock, was delivered or read. */
  watermark?: number;
  at: Date;
}

/** Receipts, as they come in. They are read where a thread is shown and where a lost answer is looked for. */
export class Receipts {
  constructor(private readonly db: Db) {}

  /** Keeps receipts. A repeated one is no second. */
  async add(receipts: readonly ReceiptRow[]): Promise<void> {
    if (receipts.length === 0) return;
    await this.db
      .insertInto('receipts')
      .values(
        receipts.map((receipt) => ({
          kind: receipt.kind,
          person_key: receipt.personKey,
          channel_message_id: receipt.channelMessageId ?? '',
          metadata: receipt.metadata,
          watermark: receipt.watermark ?? 0,
          at: receipt.at,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** The first echo of a message of ours: proof that it was sent, whatever became of the answer to the call. */
  async echoOf(metadata: string): Promise<{ channelMessageId: string; at: Date } | undefined> {
    const row = await this.db
      .selectFrom('receipts')
      .select(['channel_message_id', 'at'])
      .where('metadata', '=', metadata)
      .where('kind', '=', 'echo')
      .orderBy('receipt_id')
      .executeTakeFirst();
    return row && { channelMessageId: row.channel_message_id, at: row.at };
  }
}
