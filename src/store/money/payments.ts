import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Currency, Money } from '../../domain/money/amounts';
import type { Db } from '../database';
import { SealedRow } from '../personal-data';
import type { PersonalData } from '../personal-data';
import type { Payments as PaymentRow } from '../schema/money';
import { Payouts } from './payouts';
import type { AwaitedPayout } from './payouts';
import { MoneySteps } from './steps';
import type { Intent, NewStep, RecordedStep, StepName } from './steps';

/** Where a payment stands, from its card on. */
export type PaymentState =
  | 'draft'
  | 'replaced'
  | 'cancelled'
  | 'started'
  | 'charged'
  /** An operator stopped it at a safe point. */
  | 'held'
  | 'paid-out'
  | 'unclaimed'
  | 'paid'
  | 'declined'
  | 'refunding'
  | 'refunded'
  /** The provider took the charge back after the payee had been paid. */
  | 'reversed'
  | 'needs-operator';

/** States with which a payment has come to its end. */
export const FINISHED: readonly PaymentState[] = ['replaced', 'cancelled', 'paid', 'declined', 'refunded', 'reversed'];

/** States in which a charge may still be repeated, or its money has not left for the payee. */
export const NEEDS_ITS_SOURCE: readonly PaymentState[] = ['started', 'charged', 'held', 'paid-out', 'refunding'];

/** One payment. What is personal is absent once the payer was forgotten; the amounts stay. */
export interface Payment {
  paymentId: string;
  payerKey: string;
  payeeKey?: string;
  /** Where the payee is reached at the provider: one of the two. */
  payeeEmail?: string;
  /** E.164. */
  payeePhone?: string;
  payeeName?: string;
  amount: Money;
  note?: string;
  /** The share of a money request that it pays. */
  shareId?: string;
  /** The paid share of a money request that it sends back. */
  sendsBack?: string;
  /** The payer's account that the card showed; absent where that account is gone for good. */
  linkId?: string;
  /** The payer's card that pays, where it is not the wallet. */
  sourceId?: string;
  state: PaymentState;
  reason?: string;
  /** When its card ceases to be good for a start. */
  expiresAt: Date;
  createdAt: Date;
  startedAt?: Date;
  finishedAt?: Date;
}

/** A payment to be, as its card shows it. */
export interface PaymentDraft {
  paymentId: string;
  payerKey: string;
  payeeKey?: string;
  payeeEmail?: string;
  payeePhone?: string;
  payeeName: string;
  amount: Money;
  note?: string;
  shareId?: string;
  sendsBack?: string;
  linkId?: string;
  sourceId?: string;
  expiresAt: Date;
}

/** Payments with their steps and payouts. Payee and note are encrypted under the payer's key. */
export class Payments {
  readonly #steps: MoneySteps;
  readonly #payouts: Payouts;

  constructor(
    private readonly db: Db,
    private readonly personal: PersonalData,
  ) {
    this.#steps = new MoneySteps(db);
    this.#payouts = new Payouts(db);
  }

  /** Writes down what a card shows. The same payment again changes nothing. @throws PersonForgotten */
  async draft(draft: PaymentDraft): Promise<void> {
    const { paymentId, payerKey } = draft;
    const sealed = new SealedRow(await this.personal.keyOf(this.db, payerKey), 'payments', paymentId);
    await this.db
      .insertInto('payments')
      .values({
        payment_id: paymentId,
        payer_key: payerKey,
        payee_key: draft.payeeKey,
        payee_email_enc: sealed.sealOptional('payee_email_enc', draft.payeeEmail),
        payee_email_hash: this.indexed(draft.payeeEmail),
        payee_phone_enc: sealed.sealOptional('payee_phone_enc', draft.payeePhone),
        payee_phone_hash: this.indexed(draft.payeePhone),
        payee_name_enc: sealed.seal('payee_name_enc', draft.payeeName),
        amount_minor: draft.amount.minor,
        currency: draft.amount.currency,
        note_enc: sealed.sealOptional('note_enc', draft.note),
        share_id: draft.shareId,
        sends_back: draft.sendsBack,
        link_id: draft.linkId,
        source_id: draft.sourceId,
        state: 'draft',
        expires_at: draft.expiresAt,
      })
      .onConflict((conflict) => conflict.column('payment_id').doNothing())
      .execute();
  }

  async find(paymentId: string): Promise<Payment | undefined> {
    const row = await this.rows().where('payment_id', '=', paymentId).executeTakeFirst();
    return row && this.read(row);
  }

  /** What the person pays or paid, newest first. */
  async ofPayer(personKey: string, limit: number): Promise<Payment[]> {
    const rows = await this.newest(limit).where('payer_key', '=', personKey).execute();
    return rows.map((row) => this.read(row));
  }

  /** What the person pays or is paid, newest first. */
  async ofPerson(personKey: string, limit: number): Promise<Payment[]> {
    const rows = await this.newest(limit)
      .where((eb) => eb.or([eb('payer_key', '=', personKey), eb('payee_key', '=', personKey)]))
      .execute();
    return rows.map((row) => this.read(row));
  }

  /**
   * Moves the payment on, if it stands in one of the states `from`. True when it stands in `to` afterwards, so that a
   * repeated move is true again; false when it stood elsewhere and nothing was changed.
   */
  async move(
    paymentId: string,
    from: PaymentState[],
    to: PaymentState,
    { reason }: { reason?: string } = {},
  ): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('payments')
      .set({
        state: to,
        reason,
        changed_at: sql<Date>`now()`,
        ...(to === 'started' ? { started_at: sql<Date>`coalesce(started_at, now())` } : {}),
        ...(FINISHED.includes(to) ? { finished_at: sql<Date>`now()` } : {}),
      })
      .where('payment_id', '=', paymentId)
      .where('state', 'in', from)
      .where('state', '!=', to)
      .executeTakeFirst();
    if (numUpdatedRows === 1n) return true;
    const row = await this.db
      .selectFrom('payments')
      .select('state')
      .where('payment_id', '=', paymentId)
      .executeTakeFirst();
    return row?.state === to;
  }

  /**
   * Writes down a step before its provider is called, or finds it from an earlier attempt.
   * @throws MoneyContradiction when it was intended with another key or amount
   */
  intend(step: NewStep): Promise<Intent> {
    return this.#steps.intend(step);
  }

  /** The provider has done the step. Repeatable. @throws MoneyContradiction when it was recorded as not done */
  stepDone(step: {
    paymentId: string;
    step: StepName;
    epoch: number;
    providerIds: Record<string, string>;
  }): Promise<void> {
    return this.#steps.done(step);
  }

  /**
   * The provider has certainly not done the step, or a payout came back. Repeatable.
   * @throws MoneyContradiction when a charge or refund was recorded as done
   */
  stepFailed(step: {
    paymentId: string;
    step: StepName;
    epoch: number;
    state: 'declined' | 'failed';
    providerIds?: Record<string, string>;
  }): Promise<void> {
    return this.#steps.failed(step);
  }

  /** The provider's id of a step's result under this name, from the latest epoch that has one. */
  providerId(paymentId: string, step: StepName, name: string): Promise<string | undefined> {
    return this.#steps.providerId(paymentId, step, name);
  }

  /** All that was ever asked of the provider for a payment. */
  stepsOf(paymentId: string): Promise<RecordedStep[]> {
    return this.#steps.of(paymentId);
  }

  /** The payment that the provider knows by this capture. */
  ofCapture(captureId: string): Promise<string | undefined> {
    return this.#steps.paymentOfCapture(captureId);
  }

  /** Notes who waits for the payout and what is known of it. Never lowers a final state; ids once known stay. */
  awaitPayout(payout: AwaitedPayout & { paymentId: string }): Promise<void> {
    return this.#payouts.await(payout);
  }

  payoutOf(paymentId: string): Promise<AwaitedPayout | undefined> {
    return this.#payouts.of(paymentId);
  }

  private indexed(address: string | undefined): Buffer | undefined {
    return address === undefined ? undefined : this.personal.index(address);
  }

  private rows() {
    return this.db
      .selectFrom('payments')
      .innerJoin('people', 'people.person_key', 'payments.payer_key')
      .selectAll('payments')
      .select('people.data_key_enc');
  }

  private newest(limit: number) {
    return this.rows().orderBy('payments.created_at', 'desc').orderBy('payment_id').limit(limit);
  }

  private read(row: Selectable<PaymentRow> & { data_key_enc: Buffer | null }): Payment {
    return {
      paymentId: row.payment_id,
      payerKey: row.payer_key,
      payeeKey: row.payee_key ?? undefined,
      ...this.readPersonal(row),
      amount: { minor: row.amount_minor, currency: row.currency as Currency },
      shareId: row.share_id ?? undefined,
      sendsBack: row.sends_back ?? undefined,
      linkId: row.link_id ?? undefined,
      sourceId: row.source_id ?? undefined,
      state: row.state as PaymentState,
      reason: row.reason ?? undefined,
      expiresAt: row.expires_at,
      createdAt: row.created_at,
      startedAt: row.started_at ?? undefined,
      finishedAt: row.finished_at ?? undefined,
    };
  }

  /** A forgotten payer's payments stay readable: their outcome concerns the payee and the books. */
  private readPersonal(
    row: Selectable<PaymentRow> & { data_key_enc: Buffer | null },
  ): Pick<Payment, 'payeeEmail' | 'payeePhone' | 'payeeName' | 'note'> {
    if (!row.data_key_enc) return {};
    const sealed = new SealedRow(this.personal.unwrap(row.payer_key, row.data_key_enc), 'payments', row.payment_id);
    return {
      payeeEmail: sealed.openOptional('payee_email_enc', row.payee_email_enc),
      payeePhone: sealed.openOptional('payee_phone_enc', row.payee_phone_enc),
      payeeName: sealed.openOptional('payee_name_enc', row.payee_name_enc),
      note: sealed.openOptional('note_enc', row.note_enc),
    };
  }
}
