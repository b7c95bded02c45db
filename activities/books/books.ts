import type { Break } from '../../src/domain/money/reconcile';
import type { Dependencies } from '../dependencies';
import { asApplicationFailure } from '../failures';
import { openCase } from '../aftercare/cases';
import { compareBooks, isOurs } from './comparison';

/** One day of the books, from its first moment to the first of the next, in milliseconds since the epoch. */
export interface BookDay {
  from: number;
  to: number;
  /** The workflow's time of the comparison. */
  at: number;
}

/** The nightly work on the books: seal what was booked, and compare it with what the provider says. */
export function createBooks({ store, wallet, gateway }: Pick<Dependencies, 'store' | 'wallet' | 'gateway'>): {
  sealBooks(seal: { before: number }): Promise<{ entries: number }>;
  reconcileBooks(day: BookDay): Promise<{ compared: number; breaks: number }>;
} {
  return {
    async sealBooks({ before }): Promise<{ entries: number }> {
      const { entries } = await store.ledgerSeals.seal(new Date(before));
      return { entries };
    },

    async reconcileBooks({ from, to, at }): Promise<{ compared: number; breaks: number }> {
      const { compared, breaks } = await compareBooks({ store, wallet }, from, to).catch((error: unknown) => {
        throw asApplicationFailure(error);
      });
      for (const found of breaks) await own(found, from, at);
      return { compared, breaks: breaks.length };
    },
  };

  /** A break is a case with an owner and a deadline, and something waits for its settlement. */
  async function own({ paymentId, figure, books, provider }: Break, day: number, at: number): Promise<void> {
    const payment = isOurs(paymentId) ? await store.payments.find(paymentId) : undefined;
    const { caseId, fresh } = await store.transaction((tx) =>
      openCase(tx, {
        kind: 'break',
        ...(payment ? { paymentId: payment.paymentId } : {}),
        cause: `${new Date(day).toISOString().slice(0, 10)}/${figure}/${payment ? '' : (provider ?? '')}`,
        at,
        detail: { figure, books, provider },
      }),
    );
    if (!fresh) return;
    const subject = payment?.paymentId ?? caseId;
    const about = payment ? { payment: { paymentId: payment.paymentId, amount: payment.amount } } : {};
    await gateway.tellAftercare({ subject, ...about }, { kind: 'break', caseId });
  }
}
