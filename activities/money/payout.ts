import { CompleteAsyncError, activityInfo } from '@temporalio/activity';
import type { Payout, PayoutRequest, PayoutState } from '../../src/domain/money/wallet';
import { ProviderFailure } from '../../src/domain/outcomes';
import type { Payment } from '../../src/store';
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
export function createPayout({ store, wallet }: Pick<Dependencies, 'store' | 'wallet'>): {
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
      const known = await store.payments.payoutOf(step.paymentId);
      if (!known?.batchId) throw notFound('the payout');
      const itemId = known.itemId ?? (await itemOf(known.batchId));
      try {
        return await wallet.cancelPayout(itemId);
      } catch (error) {
        // Somebody claimed it in the meantime, or it was returned before: the provider's own record decides.
        if (isRefused(error)) return finalOf(known.batchId);
        throw asApplicationFailure(error);
      }
    },

    async findPayout({ paymentId }: MoneyStep): Promise<Payout> {
      const known = await store.payments.payoutOf(paymentId);
      if (!known?.batchId) throw notFound('the payout');
      return wallet.findPayout(known.batchId).catch(rethrown);
    },
  };

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
    const known = await store.payments.payoutOf(step.paymentId);
    if (known?.batchId) return wallet.findPayout(known.batchId).catch(rethrown);
    const key = step.epoch === 1 ? step.paymentId : `${step.paymentId}-${step.epoch}`;
    await store.payments.intend({ ...step, step: 'payout', key });
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
