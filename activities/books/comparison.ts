import type { Money } from '../../src/domain/money/amounts';
import { compareDay, isOfPayout, linesOf } from '../../src/domain/money/reconcile';
import type { BookedStep, Break } from '../../src/domain/money/reconcile';
import type { StatementLine } from '../../src/domain/money/statement';
import type { Payout } from '../../src/domain/money/wallet';
import type { RecordedEntry } from '../../src/store';
import type { Dependencies } from '../dependencies';
import { payoutId } from '../money/payout';

/** A booking follows the provider's own record within moments, and the clocks of both need not agree; in milliseconds. */
const MARGIN_MS = 3 * 3_600_000;

/**
 * Where answers were lost a booking follows later: after an outage, or when an operator proved what had been. So far back
 * its line is looked for, in milliseconds; PayPal shows 31 days at a time (Transaction Search v1, `start_date`).
 */
const LOOK_BACK_MS = 30 * 86_400_000;

/** Our ids of payments are UUIDs; whatever else is sold through the account has ids of its own. */
const OUR_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const COMPARED = new Set<string>(['charge', 'payout', 'payout-returned', 'refund', 'reversal']);

/** What a comparison came to. */
export interface Comparison {
  /** Steps of payments that were compared. */
  compared: number;
  breaks: Break[];
}

/**
 * Compares the books from one moment to another, in milliseconds since the epoch, with the provider's statement and its
 * payouts. Only reads. @throws ProviderFailure where the provider does not answer
 */
export async function compareBooks(
  { store, wallet }: Pick<Dependencies, 'store' | 'wallet'>,
  from: number,
  to: number,
): Promise<Comparison> {
  const around = await wallet.statement(new Date(from - MARGIN_MS), new Date(to + MARGIN_MS));
  const booked = stepsOf(await store.ledger.between(new Date(from), new Date(to)));
  const isLate = (step: BookedStep): boolean => !isOfPayout(step) && linesOf(step, around).length === 0;
  const before = booked.some(isLate) ? await linesBefore(from - MARGIN_MS) : [];
  const breaks = compareDay({
    booked,
    lines: [...before, ...around],
    linesOfDay: around.filter((line) => line.at >= from && line.at < to),
    payouts: await payoutsOf(booked),
    ...(await knownAbout(around, booked)),
  });
  return { compared: booked.length, breaks };

  async function linesBefore(moment: number): Promise<StatementLine[]> {
    const lines = await wallet.statement(new Date(moment - LOOK_BACK_MS), new Date(moment));
    return lines.filter(({ at }) => at < moment);
  }

  async function payoutsOf(steps: readonly BookedStep[]): Promise<Map<string, Payout>> {
    const payouts = new Map<string, Payout>();
    for (const { paymentId } of steps.filter(isOfPayout)) {
      if (payouts.has(paymentId)) continue;
      const batchId = await payoutId(store, paymentId, 'batchId');
      if (batchId !== undefined) payouts.set(paymentId, await wallet.findPayout(batchId));
    }
    return payouts;
  }

  async function knownAbout(all: readonly StatementLine[], steps: readonly BookedStep[]) {
    const named = all.flatMap(({ paymentId }) => (isOurs(paymentId) ? [paymentId] : []));
    const ids = [...new Set([...named, ...steps.map(({ paymentId }) => paymentId)])];
    const known = new Set((await store.ledger.stepsOf(ids)).map(({ paymentId, step }) => `${paymentId} ${step}`));
    const open = new Set(await store.openPayments.among(ids));
    return {
      isBooked: (paymentId: string, step: string): boolean => known.has(`${paymentId} ${step}`),
      isOpen: (paymentId: string): boolean => open.has(paymentId),
    };
  }
}

/** Whether an id can be one of our payments. */
export function isOurs(id: string | undefined): id is string {
  return id !== undefined && OUR_ID.test(id);
}

/** Entries of one step make one amount: what is owed changed by it, and the fee beside it. */
function stepsOf(entries: readonly RecordedEntry[]): BookedStep[] {
  const steps = new Map<string, BookedStep>();
  for (const { paymentId, step, epoch, account, amount } of entries) {
    if (!COMPARED.has(step)) continue;
    const name = `${paymentId} ${step} ${epoch}`;
    const none = { minor: 0, currency: amount.currency };
    const known = steps.get(name) ?? { paymentId, step: step as BookedStep['step'], amount: none, fee: none };
    if (account === 'owed') steps.set(name, { ...known, amount: abs(amount) });
    else if (account === 'fees') steps.set(name, { ...known, fee: abs(amount) });
    else steps.set(name, known);
  }
  return [...steps.values()];
}

function abs({ minor, currency }: Money): Money {
  return { minor: Math.abs(minor), currency };
}
