import type { OpenPayment, PaymentState } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { openCase } from './cases';

/** Payments that one sweep looks at: each costs a question to Temporal, and the next sweep comes in minutes. */
const AT_MOST = 200;

/** What takes seconds and has taken half an hour needs somebody to know of it, in milliseconds. */
const STUCK_AFTER_MS = 30 * 60_000;

const PASSING: ReadonlySet<PaymentState> = new Set(['started', 'charged', 'paid-out', 'refunding']);

/** What a sweep has found. */
export interface Swept {
  /** Payments that no workflow looked after; now one does. */
  adopted: string[];
  /** Payments that are looked after and stand still; each is a case now. */
  stuck: string[];
  /** Payments whose room under the limits was still taken after their end. */
  released: string[];
}

/** Finds what was left open: an operator ended a workflow, or one stands still. Nothing stays open without an owner. */
export function createSweep({ store, gateway }: Pick<Dependencies, 'store' | 'gateway'>): {
  sweepOpenMoney(sweep: { at: number }): Promise<Swept>;
} {
  return {
    async sweepOpenMoney({ at }): Promise<Swept> {
      const swept: Swept = { adopted: [], stuck: [], released: [] };
      for (const payment of await store.openPayments.unattended(new Date(at), AT_MOST)) {
        const found = await lookAt(payment, at);
        if (found) swept[found].push(payment.paymentId);
        await store.openPayments.lookedAfter(payment.paymentId, new Date(at));
      }
      for (const { paymentId, sent } of await store.limits.leftBehind(AT_MOST)) {
        await (sent ? store.limits.commit(paymentId) : store.limits.release(paymentId));
        swept.released.push(paymentId);
      }
      return swept;
    },
  };

  async function lookAt(payment: OpenPayment, at: number): Promise<'adopted' | 'stuck' | undefined> {
    const { paymentId, amount, state, changedAt } = payment;
    const cause = `since-${changedAt.getTime()}`;
    if (!(await gateway.isLookedAfter(paymentId))) {
      await store.transaction((tx) => openCase(tx, { kind: 'orphaned', paymentId, cause, at, detail: { state } }));
      await gateway.tellAftercare({ subject: paymentId, payment: { paymentId, amount } }, { kind: 'orphaned' });
      return 'adopted';
    }
    if (!PASSING.has(state) || at - changedAt.getTime() < STUCK_AFTER_MS) return undefined;
    if ((await store.cases.openOf(paymentId)).length > 0) return undefined;
    const nextAction = 'It takes longer than it should: find out in PayPal whether it is down or our float is empty.';
    await store.transaction((tx) =>
      openCase(tx, { kind: 'unknown', paymentId, cause, at, nextAction, detail: { state } }),
    );
    return 'stuck';
  }
}
