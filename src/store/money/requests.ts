import { sql } from 'kysely';
import type { Currency, Money } from '../../domain/money/amounts';
import type { Share, ShareState } from '../../domain/money/requests';
import { inTransaction } from '../database';
import type { Db } from '../database';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';

/** Where a request as a whole stands. */
export type RequestState = 'draft' | 'open' | 'settled' | 'expired' | 'cancelled';

/** A share with what was paid for it. */
export interface StoredShare extends Share {
  requestId: string;
  paymentId?: string;
}

/** One person asking others for money. */
export interface MoneyRequest {
  requestId: string;
  requesterKey: string;
  /** Absent once the requester was forgotten. */
  note?: string;
  /** The requester's own part of a bill that is split; nobody is asked for it. */
  own: Money;
  state: RequestState;
  cardExpiresAt: Date;
  createdAt: Date;
  shares: StoredShare[];
}

/** A request to be, as its card shows it. */
export interface RequestDraft {
  requestId: string;
  requesterKey: string;
  note?: string;
  own: Money;
  cardExpiresAt: Date;
  shares: { shareId: string; payerKey: string; amount: Money }[];
}

/** Money requests with their shares. The note is encrypted under the requester's key. */
export class MoneyRequests {
  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {}

  /** Writes down what a card shows. The same request again changes nothing. @throws PersonForgotten */
  async draft({ requestId, requesterKey, note, own, cardExpiresAt, shares }: RequestDraft): Promise<void> {
    const sealed = new SealedRow(await this.personal.keyOf(this.db, requesterKey), 'money_requests', requestId);
    await inTransaction(this.db, async (tx) => {
      const inserted = await tx
        .insertInto('money_requests')
        .values({
          request_id: requestId,
          requester_key: requesterKey,
          note_enc: sealed.sealOptional('note_enc', note),
          currency: own.currency,
          own_minor: own.minor,
          state: 'draft',
          card_expires_at: cardExpiresAt,
        })
        .onConflict((conflict) => conflict.column('request_id').doNothing())
        .returning('request_id')
        .executeTakeFirst();
      if (!inserted) return;
      const rows = shares.map(({ shareId, payerKey, amount }, place) => ({
        share_id: shareId,
        request_id: requestId,
        place,
        payer_key: payerKey,
        amount_minor: amount.minor,
        state: 'asked',
      }));
      await tx.insertInto('request_shares').values(rows).execute();
    });
  }

  async find(requestId: string): Promise<MoneyRequest | undefined> {
    const row = await this.db
      .selectFrom('money_requests')
      .innerJoin('people', 'people.person_key', 'money_requests.requester_key')
      .selectAll('money_requests')
      .select('people.data_key_enc')
      .where('request_id', '=', requestId)
      .executeTakeFirst();
    if (!row) return undefined;
    const currency = row.currency as Currency;
    const note = row.data_key_enc
      ? new SealedRow(
          this.personal.unwrap(row.requester_key, row.data_key_enc),
          'money_requests',
          requestId,
        ).openOptional('note_enc', row.note_enc)
      : undefined;
    return {
      requestId,
      requesterKey: row.requester_key,
      note,
      own: { minor: row.own_minor, currency },
      state: row.state as RequestState,
      cardExpiresAt: row.card_expires_at,
      createdAt: row.created_at,
      shares: await this.sharesOf(requestId, currency),
    };
  }

  /** The share with its request. */
  async ofShare(shareId: string): Promise<{ request: MoneyRequest; share: StoredShare } | undefined> {
    const row = await this.db
      .selectFrom('request_shares')
      .select('request_id')
      .where('share_id', '=', shareId)
      .executeTakeFirst();
    const request = row && (await this.find(row.request_id));
    const share = request?.shares.find((one) => one.shareId === shareId);
    return request && share ? { request, share } : undefined;
  }

  /** Moves the request on from one of `from`. True when it stands in `to` afterwards; repeatable. */
  async move(requestId: string, from: RequestState[], to: RequestState): Promise<boolean> {
    await this.db
      .updateTable('money_requests')
      .set({ state: to, ...(to === 'open' ? { asked_at: sql<Date>`now()` } : { ended_at: sql<Date>`now()` }) })
      .where('request_id', '=', requestId)
      .where('state', 'in', from)
      .execute();
    const row = await this.db
      .selectFrom('money_requests')
      .select('state')
      .where('request_id', '=', requestId)
      .executeTakeFirst();
    return row?.state === to;
  }

  /**
   * Moves a share on from one of `from`, and notes what pays it. True when it stands in `to` for the same payment
   * afterwards, so that two cards for one share cannot both become payments.
   */
  async moveShare(shareId: string, from: ShareState[], to: ShareState, paymentId?: string): Promise<boolean> {
    await this.db
      .updateTable('request_shares')
      .set({ state: to, answered_at: sql<Date>`now()`, ...(paymentId === undefined ? {} : { payment_id: paymentId }) })
      .where('share_id', '=', shareId)
      .where('state', 'in', from)
      .execute();
    const row = await this.db
      .selectFrom('request_shares')
      .select(['state', 'payment_id'])
      .where('share_id', '=', shareId)
      .executeTakeFirst();
    return row?.state === to && (paymentId === undefined || row.payment_id === paymentId);
  }

  /**
   * Begins to send a paid share back with a payment. True when it is this payment that sends it back, also when asked
   * again; false when the share was not paid, or another payment sends it back.
   */
  async beginSendBack(shareId: string, paymentId: string): Promise<boolean> {
    await this.db
      .updateTable('request_shares')
      .set({ state: 'returning', sent_back_by: paymentId })
      .where('share_id', '=', shareId)
      .where('state', '=', 'paid')
      .execute();
    const row = await this.db
      .selectFrom('request_shares')
      .select('sent_back_by')
      .where('share_id', '=', shareId)
      .where('state', 'in', ['returning', 'returned'])
      .executeTakeFirst();
    return row?.sent_back_by === paymentId;
  }

  /** What became of a share whose sending back has ended: gone back, or still `paid`. Repeatable. */
  async endSendBack(paymentId: string, to: 'returned' | 'paid'): Promise<void> {
    await this.db
      .updateTable('request_shares')
      .set({ state: to })
      .where('sent_back_by', '=', paymentId)
      .where('state', '=', 'returning')
      .execute();
  }

  /** What one person asks another for and has not heard about. */
  async openSharesFrom(requesterKey: string, payerKey: string): Promise<{ requestId: string; shareId: string }[]> {
    const rows = await this.db
      .selectFrom('request_shares')
      .innerJoin('money_requests', 'money_requests.request_id', 'request_shares.request_id')
      .select(['request_shares.request_id', 'share_id'])
      .where('requester_key', '=', requesterKey)
      .where('payer_key', '=', payerKey)
      .where('request_shares.state', '=', 'asked')
      .where('money_requests.state', '=', 'open')
      .execute();
    return rows.map(({ request_id, share_id }) => ({ requestId: request_id, shareId: share_id }));
  }

  /** The share that was asked of a person last, of those that wait for an answer. */
  async latestAskedOf(payerKey: string): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('request_shares')
      .innerJoin('money_requests', 'money_requests.request_id', 'request_shares.request_id')
      .select('share_id')
      .where('payer_key', '=', payerKey)
      .where('request_shares.state', '=', 'asked')
      .where('money_requests.state', '=', 'open')
      .orderBy('money_requests.created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.share_id;
  }

  /** How many requests of a person are open that were made since then. */
  async openSince(requesterKey: string, since: Date): Promise<number> {
    const { count } = await this.db
      .selectFrom('money_requests')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('requester_key', '=', requesterKey)
      .where('state', '=', 'open')
      .where('created_at', '>', since)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The newest request of a person that was really asked. */
  async latestOf(requesterKey: string): Promise<MoneyRequest | undefined> {
    const row = await this.db
      .selectFrom('money_requests')
      .select('request_id')
      .where('requester_key', '=', requesterKey)
      .where('state', '!=', 'draft')
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && this.find(row.request_id);
  }

  private async sharesOf(requestId: string, currency: Currency): Promise<StoredShare[]> {
    const rows = await this.db
      .selectFrom('request_shares')
      .selectAll()
      .where('request_id', '=', requestId)
      .orderBy('place')
      .execute();
    return rows.map((row) => ({
      shareId: row.share_id,
      requestId,
      payerKey: row.payer_key,
      amount: { minor: row.amount_minor, currency },
      state: row.state as ShareState,
      paymentId: row.payment_id ?? undefined,
    }));
  }
}
