import type { CaseKind } from '../../src/domain/money/cases';
import type { Money } from '../../src/domain/money/amounts';
import type { WalletEvent } from '../../src/domain/money/wallet-events';
import type { Dependencies } from '../dependencies';
import { openCase } from './cases';
import type { Opening } from './cases';
import { lost } from '../books/ledger';
import type { MoneyStep, TimedStep } from '../money/results';

/** Which cases are settled, by whom, and with what. */
export interface Settling {
  /** A payment's cases of these kinds, or one case that belongs to no payment. */
  of: { paymentId: string; kinds: CaseKind[] } | { caseId: string };
  by: string;
  outcome: string;
  /** The workflow's time, in milliseconds since the epoch. */
  at: number;
}

/** What is done about a payment after its end, and about cases. Each of it can be repeated. */
export function createAftercare({ store, gateway }: Pick<Dependencies, 'store' | 'gateway'>): {
  handOverToAftercare(happening: { paymentId: string; amount: Money; event: WalletEvent }): Promise<void>;
  openMoneyCase(opening: Opening): Promise<{ caseId: string }>;
  settleMoneyCases(settling: Settling): Promise<void>;
  recordRelease(release: TimedStep & { before: 'charge' | 'payout' }): Promise<void>;
  recordLoss(step: MoneyStep): Promise<void>;
} {
  return {
    async handOverToAftercare({ paymentId, amount, event }): Promise<void> {
      await gateway.tellAftercare({ subject: paymentId, payment: { paymentId, amount } }, event);
    },

    async openMoneyCase(opening): Promise<{ caseId: string }> {
      const { caseId } = await store.transaction((tx) => openCase(tx, opening));
      return { caseId };
    },

    async settleMoneyCases({ of, by, outcome, at }): Promise<void> {
      const settlement = { by, outcome, at: new Date(at) };
      await store.transaction(async (tx) => {
        if ('caseId' in of) await tx.cases.settle(of.caseId, settlement);
        else await tx.cases.settleOf(of.paymentId, settlement, of.kinds);
        await tx.deskEvents.append({ kind: 'money-case-settled', actor: by, detail: { ...of, outcome } });
      });
    },

    /** A held payment goes on, or is stopped for good. */
    async recordRelease({ paymentId, before, at }): Promise<void> {
      await store.transaction(async (tx) => {
        await tx.payments.move(paymentId, ['held'], before === 'charge' ? 'started' : 'charged');
        await tx.cases.settleOf(paymentId, { by: 'operators', outcome: 'goes on', at: new Date(at) }, ['held']);
      });
    },

    /** The platform bears what the provider took back after the payee had been paid. */
    async recordLoss({ paymentId, epoch, amount }): Promise<void> {
      await store.ledger.record({ paymentId, step: 'loss', epoch, entries: lost(amount) });
    },
  };
}
