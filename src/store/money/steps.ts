import { sql } from 'kysely';
import type { Money } from '../../domain/money/amounts';
import type { Db } from '../database';
import { MoneyContradiction, NoSuchRow } from '../errors';

/** What a provider is asked to do for a payment. */
export type StepName = 'charge' | 'payout' | 'refund';

export type StepState = 'intended' | 'done' | 'declined' | 'failed';

/** A step as it was first written down, and what is known of it. */
export interface Intent {
  /** Providers remember a key from here on, for a limited time. */
  firstAttemptAt: Date;
  state: StepState;
  /** The provider's ids, by our names for them. */
  providerIds: Record<string, string>;
}

/** One step of a payment, as it is recorded. */
export interface RecordedStep extends Intent {
  step: StepName;
  epoch: number;
}

interface StepKey {
  paymentId: string;
  step: StepName;
  epoch: number;
}

/** A step that is about to be asked for. */
export interface NewStep extends StepKey {
  key: string;
  amount: Money;
  /** When it is asked for the first time, where that is not now. */
  at?: Date;
}

/**
 * The steps of payments. A row is there before the call, so that after any crash it is known which keys may have had an
 * effect; it rises from intended to an outcome and never falls back.
 */
export class MoneySteps {
  constructor(private readonly db: Db) {}

  async intend({ paymentId, step, epoch, key, amount, at }: NewStep): Promise<Intent> {
    const row = await this.db
      .insertInto('money_steps')
      .values({
        payment_id: paymentId,
        step,
        epoch,
        request_key: key,
        amount_minor: amount.minor,
        currency: amount.currency,
        state: 'intended',
        first_attempt_at: at,
      })
      // Setting what is there already is how the known row is given back.
      .onConflict((conflict) =>
        conflict.columns(['payment_id', 'step', 'epoch']).doUpdateSet({ epoch: (eb) => eb.ref('excluded.epoch') }),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    const same = row.request_key === key && row.amount_minor === amount.minor && row.currency === amount.currency;
    if (!same) {
      throw new MoneyContradiction(`${nameOf({ paymentId, step, epoch })} was intended with another key or amount`);
    }
    return {
      firstAttemptAt: row.first_attempt_at,
      state: row.state as StepState,
      providerIds: row.provider_ids as Record<string, string>,
    };
  }

  /** All that was ever intended for a payment. */
  async of(paymentId: string): Promise<RecordedStep[]> {
    const rows = await this.db
      .selectFrom('money_steps')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .orderBy('first_attempt_at')
      .execute();
    return rows.map((row) => ({
      step: row.step as StepName,
      epoch: row.epoch,
      firstAttemptAt: row.first_attempt_at,
      state: row.state as StepState,
      providerIds: row.provider_ids as Record<string, string>,
    }));
  }

  /** The payment that was charged with this capture. */
  async paymentOfCapture(captureId: string): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('money_steps')
      .select('payment_id')
      .where('step', '=', 'charge')
      .where(sql<boolean>`provider_ids ->> 'captureId' = ${captureId}`)
      .executeTakeFirst();
    return row?.payment_id;
  }

  async done({ providerIds, ...step }: StepKey & { providerIds: Record<string, string> }): Promise<void> {
    await this.settle(step, ['intended', 'done'], 'done', providerIds);
  }

  async failed({
    state,
    providerIds = {},
    ...step
  }: StepKey & { state: 'declined' | 'failed'; providerIds?: Record<string, string> }): Promise<void> {
    // A payout that nobody claimed was done, and comes back; a charge or a refund that was done stays done.
    const from: StepState[] = step.step === 'payout' ? ['intended', 'done', state] : ['intended', state];
    await this.settle(step, from, state, providerIds);
  }

  async providerId(paymentId: string, step: StepName, name: string): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('money_steps')
      .select(sql<string>`provider_ids ->> ${name}`.as('id'))
      .where('payment_id', '=', paymentId)
      .where('step', '=', step)
      .where(sql<boolean>`provider_ids ? ${name}`)
      .orderBy('epoch', 'desc')
      .executeTakeFirst();
    return row?.id;
  }

  private async settle(
    step: StepKey,
    from: StepState[],
    to: StepState,
    providerIds: Record<string, string>,
  ): Promise<void> {
    const { numUpdatedRows } = await this.db
      .updateTable('money_steps')
      .set({
        state: to,
        provider_ids: sql`provider_ids || ${JSON.stringify(providerIds)}::jsonb`,
        finished_at: sql<Date>`coalesce(finished_at, now())`,
      })
      .where('payment_id', '=', step.paymentId)
      .where('step', '=', step.step)
      .where('epoch', '=', step.epoch)
      .where('state', 'in', from)
      .executeTakeFirst();
    if (numUpdatedRows === 1n) return;
    const row = await this.row(step);
    if (!row) throw new NoSuchRow('money_steps', nameOf(step));
    throw new MoneyContradiction(`${nameOf(step)} is recorded as ${row.state} and cannot become ${to}`);
  }

  private row({ paymentId, step, epoch }: StepKey) {
    return this.db
      .selectFrom('money_steps')
      .selectAll()
      .where('payment_id', '=', paymentId)
      .where('step', '=', step)
      .where('epoch', '=', epoch)
      .executeTakeFirst();
  }
}

function nameOf({ paymentId, step, epoch }: StepKey): string {
  return `${step} ${epoch} of payment ${paymentId}`;
}
