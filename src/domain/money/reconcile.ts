import type { Money } from './amounts';
import type { StatementLine } from './statement';
import type { Payout } from './wallet';

/** One step of a payment as it stands in the books: amount and fee without signs. */
export interface BookedStep {
  paymentId: string;
  step: 'charge' | 'payout' | 'payout-returned' | 'refund' | 'reversal';
  amount: Money;
  fee: Money;
}

/** A difference between the books and the provider. */
export interface Break {
  /** Absent where it belongs to no payment of ours. */
  paymentId?: string;
  /** What differs, in a word that names it. */
  figure: string;
  books?: string;
  provider?: string;
}

/** Everything about one day that is compared. */
export interface Day {
  /** What was booked on the day. */
  booked: readonly BookedStep[];
  /** The statement of the day with what lies around it, as far back as the day's bookings need it. */
  lines: readonly StatementLine[];
  /** The lines that certainly belong to the day. */
  linesOfDay: readonly StatementLine[];
  /** The provider's answer about the payout of every payment with one in `booked`. */
  payouts: ReadonlyMap<string, Payout>;
  /** Whether a step of a payment stands in the books, whenever that was. */
  isBooked: (paymentId: string, step: BookedStep['step']) => boolean;
  /** Payments that have not come to their end: a doubt about their charge or payout is owned already. */
  isOpen: (paymentId: string) => boolean;
}

/** Compares the books of a day with the provider's answers, both ways: every booking has its line, every line its booking. */
export function compareDay(day: Day): Break[] {
  return [
    ...day.booked.flatMap((step) => breaksOfStep(step, day)),
    ...day.linesOfDay.flatMap((line) => breaksOfLine(line, day)),
  ];
}

/** The lines of a statement that can be this step's; a payout and its return are compared with the payout itself. */
export function linesOf(step: BookedStep, lines: readonly StatementLine[]): StatementLine[] {
  const kinds = step.step === 'reversal' ? ['reversal', 'refund'] : [step.step];
  return lines.filter(
    ({ paymentId, kind, status }) => paymentId === step.paymentId && kinds.includes(kind) && status !== 'denied',
  );
}

/** Whether a step is compared with the provider's answer about the payout, and not with its statement. */
export function isOfPayout({ step }: BookedStep): boolean {
  return step === 'payout' || step === 'payout-returned';
}

function breaksOfStep(step: BookedStep, { lines, payouts, isBooked }: Day): Break[] {
  const { paymentId } = step;
  if (isOfPayout(step)) {
    const returned = step.step === 'payout-returned' || isBooked(paymentId, 'payout-returned');
    return breaksOfPayout(step, payouts.get(paymentId), returned);
  }
  const found = linesOf(step, lines);
  if (found.length === 0) return [{ paymentId, figure: `${step.step}-missing-at-provider`, books: inWords(step) }];
  if (found.length > 1) return [{ paymentId, figure: `${step.step}-twice-at-provider`, books: inWords(step) }];
  const [line] = found;
  if (!line) return [];
  const provider = { amount: abs(line.amount), fee: abs(line.fee) };
  const fee = step.step === 'charge' ? step.fee : provider.fee;
  return same(provider, { amount: step.amount, fee })
    ? []
    : [{ paymentId, figure: `${step.step}-differs`, books: inWords(step), provider: inWords(provider) }];
}

function breaksOfPayout(step: BookedStep, payout: Payout | undefined, returned: boolean): Break[] {
  const { paymentId } = step;
  if (!payout) return [{ paymentId, figure: 'payout-missing-at-provider', books: inWords(step) }];
  const isBack = payout.state === 'returned' || payout.state === 'failed' || payout.state === 'reversed';
  const [books, provider] = [returned ? 'came back' : 'out', payout.state];
  if (isBack !== returned) return [{ paymentId, figure: 'payout-state-differs', books, provider }];
  if (step.step === 'payout-returned' || same(payout, step)) return [];
  return [{ paymentId, figure: 'payout-differs', books: inWords(step), provider: inWords(payout) }];
}

function breaksOfLine(line: StatementLine, day: Day): Break[] {
  const { isBooked, isOpen } = day;
  const { kind, status, paymentId, transactionId } = line;
  if (status === 'denied') return [];
  const provider = `${transactionId}: ${inWords({ amount: line.amount, fee: line.fee })}`;
  if (kind === 'payout' && status === 'reversed') return breaksOfReturn(paymentId, provider, day);
  if (kind === 'other') return [{ figure: 'float-moved', provider }];
  if (paymentId === undefined) return [{ figure: `${kind}-of-no-payment`, provider }];
  // What is in doubt is owned already; that money went back by itself is not.
  if (isOpen(paymentId) && (kind === 'charge' || kind === 'payout')) return [];
  const booked = isBooked(paymentId, kind) || (kind === 'refund' && isBooked(paymentId, 'reversal'));
  return booked ? [] : [{ paymentId, figure: `${kind}-missing-in-books`, provider }];
}

/**
 * A payout that came back on a later day than it went out, of which no event told us: the line is then all there is. One
 * that went out on the same day is compared with the provider's answer about it.
 */
function breaksOfReturn(paymentId: string | undefined, provider: string, { booked, isBooked, isOpen }: Day): Break[] {
  if (paymentId === undefined || isOpen(paymentId) || !isBooked(paymentId, 'payout')) return [];
  const isCompared = booked.some((step) => step.paymentId === paymentId && step.step === 'payout');
  if (isCompared || isBooked(paymentId, 'payout-returned')) return [];
  return [{ paymentId, figure: 'payout-returned-missing-in-books', provider }];
}

function same(a: { amount: Money; fee: Money }, b: { amount: Money; fee: Money }): boolean {
  return a.amount.minor === b.amount.minor && a.amount.currency === b.amount.currency && a.fee.minor === b.fee.minor;
}

function abs({ minor, currency }: Money): Money {
  return { minor: Math.abs(minor), currency };
}

function inWords({ amount, fee }: { amount: Money; fee: Money }): string {
  return `${amount.minor} ${amount.currency}, fee ${fee.minor}`;
}
