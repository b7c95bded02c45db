import { CompleteAsyncError, activityInfo } from '@temporalio/activity';
import type { Payout, PayoutRequest, PayoutState } from '../../src/domain/money/wallet';
import { ProviderFailure } from '../../src/domain/outcomes';
import { KEY_LIFE_MS } from '../../src/domain/money/wallet';
import type { Payment, Store } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure, notFound, unknownOutcome } from '../failures';
import type { MoneyStep } from './results';

/** States in which nobody has to be waited for by this activity any more. */
const ANSWERED: ReadonlySet<PayoutState> = new Set(['paid', 'failed', 'returned', 'reversed', 'unclaimed', 'held']);

/** States that settle whether the payee or we have the amount. */
const FINAL: ReadonlySet<PayoutState> = new Set(['paid', 'failed', 'returned', 'reversed']);

/**
 * Sends the amount to the payee. Makes or finds the payout, and waits for its webhook without holding anything: the
 * attempt ends as "completed elsewhere", and whoever receives the event completes it. If no event comes, the attempt
 * times out and the next one looks.
 */
export function createPayout({ store, wallet, now = Date.now }: Pick<Dependencies, 'store' | 'wallet' | 'now'>): {
  payOut(step: MoneyStep): Promise<Payout>;
  cancelPayout(step: MoneyStep): Promise<Payout>;
  findPayout(step: MoneyStep): Promise<Payout>;
} {
  return {
    async payOut(step: MoneyStep): Promise<Payout> {
      const payment = await store.payments.find(step.paymentId);
      if (!payment) throw notFound('the payment');
      const { workflowExecution, activityId } = activityInfo();
      if (!workflowExecution) throw notFound('the workflow of the payout');
      const waiting = { paymentId: step.paymentId, workflowId: workflowExecution.workflowId, activityId };
      // Before the call, so that an event that overtakes the answer finds whom it concerns.
      await store.payments.awaitPayout({ ...waiting, state: 'pending' });
      const payout = await makeOrFind(step, payment);
      await store.payments.awaitPayout({
        ...waiting,
        batchId: payout.batchId,
        itemId: payout.itemId,
        state: payout.state,
      });
      if (ANSWERED.has(payout.state)) return payout;
      throw new CompleteAsyncError();
    },

    async cancelPayout(step: MoneyStep): Promise<Payout> {
      const batchId = await batchOf(step);
      const itemId = await payoutId(store, step.paymentId, 'itemId');
      try {
        return await wallet.cancelPayout(itemId ?? (await itemOf(batchId)));
      } catch (error) {
        // Somebody claimed it in the meantime, or it was returned before: the provider's own record decides.
        if (isRefused(error)) return finalOf(batchId);
        throw asApplicationFailure(error);
      }
    },

    async findPayout(step: MoneyStep): Promise<Payout> {
      return wallet.findPayout(await batchOf(step)).catch(rethrown);
    },
  };

  async function batchOf({ paymentId }: MoneyStep): Promise<string> {
    const batchId = await payoutId(store, paymentId, 'batchId');
    if (batchId === undefined) throw notFound('the payout');
    return batchId;
  }

  /** A refusal to take back is no answer by itself: as long as the amount is on its way, nobody may be given it. */
  async function finalOf(batchId: string): Promise<Payout> {
    const payout = await wallet.findPayout(batchId).catch(rethrown);
    if (FINAL.has(payout.state)) return payout;
    throw unknownOutcome('the payout is still on its way', { mayRepeat: true });
  }

  /** The answer to a new payout names no item, and the event that told it was unclaimed is not kept with it. */
  async function itemOf(batchId: string): Promise<string> {
    const { itemId } = await wallet.findPayout(batchId).catch(rethrown);
    if (itemId !== undefined) return itemId;
    throw asApplicationFailure(new ProviderFailure('retry', 'in-progress', { providerCode: 'BATCH/NO_ITEM' }));
  }

  async function makeOrFind(step: MoneyStep, payment: Payment): Promise<Payout> {
    const batchId = await payoutId(store, step.paymentId, 'batchId');
    if (batchId !== undefined) return wallet.findPayout(batchId).catch(rethrown);
    const key = step.epoch === 1 ? step.paymentId : `${step.paymentId}-${step.epoch}`;
    const intent = await store.payments.intend({ ...step, step: 'payout', key, at: new Date(now()) });
    if (now() - intent.firstAttemptAt.getTime() > KEY_LIFE_MS.payout) {
      throw unknownOutcome('the provider has forgotten the key of the payout', { mayRepeat: false });
    }
    const payee = payment.payeeKey ? await store.links.active(payment.payeeKey) : undefined;
    const { amount } = step;
    try {
      return await wallet.payOut({
        paymentId: step.paymentId,
        key,
        amount,
        receiver: receiverOf(payment, payee?.payerId),
        note: payment.note,
      });
    } catch (error) {
      if (isRefused(error)) {
        return {
          batchId: '',
          state: 'failed',
          amount,
          fee: { ...amount, minor: 0 },
          providerCode: error.detail.providerCode,
        };
      }
      throw asApplicationFailure(error);
    }
  }
}

/**
 * The provider's id of a payout or of its only item: from its own answer, or, where that was lost, from the event that
 * told of it and was booked.
 */
export async function payoutId(
  store: Store,
  paymentId: string,
  name: 'batchId' | 'itemId',
): Promise<string | undefined> {
  const known = await store.payments.payoutOf(paymentId);
  return known?.[name] || store.payments.providerId(paymentId, 'payout', name);
}

/** A linked payee is paid into the account that they have now, wherever the payer wrote them. */
function receiverOf({ payeeEmail, payeePhone }: Payment, payerId: string | undefined): PayoutRequest['receiver'] {
  if (payerId !== undefined) return { kind: 'account', payerId };
  return payeePhone === undefined ? { kind: 'email', email: payeeEmail ?? '' } : { kind: 'phone', phone: payeePhone };
}

function isRefused(error: unknown): error is ProviderFailure {
  return error instanceof ProviderFailure && ['final', 'needs-person', 'already-done'].includes(error.outcome);
}

function rethrown(error: unknown): never {
  throw asApplicationFailure(error);
}
