import { shown } from '../money';
import type { PaymentWords, SourceWords } from '../words';

/** Where a payment stands, whether money moved, and what happens next and when. */
export function stateOf(payment: PaymentWords, paidWith: SourceWords): string {
  const { mine } = payment;
  const what = mine
    ? `${shown(payment.amount)} to ${payment.payeeName}`
    : `${shown(payment.amount)} from ${payment.payerFirstName}`;
  switch (payment.state) {
    case 'draft':
      return `${what} waits for your confirmation. Nothing has moved.`;
    case 'replaced':
      return `${what} was replaced by another card. Nothing has moved.`;
    case 'cancelled':
      return `${what} was cancelled${cancelledBecause(payment)}. No money has moved.`;
    case 'held':
      return `${what} is being checked by a person. It goes on within a day, or nothing is sent; you need not do anything.`;
    case 'started':
    case 'charged':
    case 'paid-out':
      return `${what} is on its way. It usually takes less than a minute; I'll tell you when it is there.`;
    case 'unclaimed':
      return mine
        ? `${what} was sent and waits to be claimed. Until then you can undo it; unclaimed money comes back to you by itself within 30 days.`
        : `${what} waits for you to claim it at PayPal, within 30 days.`;
    case 'paid':
      return `${what} was sent and has arrived.`;
    case 'declined':
      return `${what} was not sent: ${declinedBecause(payment, paidWith)} No money has moved.`;
    case 'refunding':
      return `${what} is on its way back to ${mine ? 'you' : 'the sender'}; I'll tell you when it is there.`;
    case 'refunded':
      return `${what} ${wentBackBecause(payment)}. The money went back to ${mine ? 'you' : 'the sender'}.`;
    case 'reversed':
      return `${what} was taken back by PayPal. ${mine ? 'You have' : 'The sender has'} the money.`;
    case 'needs-operator':
      return `${what} is being looked into by a person. It cannot be taken twice, and you need not do anything; I'll tell you how it ends.`;
  }
}

/** A line of the history. */
export function inOneLine(payment: PaymentWords, paidWith: SourceWords): string {
  return `${DAY.format(new Date(payment.at))}: ${stateOf(payment, paidWith)}`;
}

const DAY = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Why nothing was taken, as a sentence. */
export function declinedBecause({ reason }: PaymentWords, { source, label }: SourceWords): string {
  switch (reason) {
    case 'insufficient-funds':
    case 'instrument-declined':
      return source === 'wallet' ? 'PayPal could not take it from your account.' : `the bank declined ${label}.`;
    case 'over-limit':
      return 'it is more than you can send within a week, or within a day of linking an account or changing what pays.';
    case 'account-restricted':
      return 'PayPal has limited the account.';
    default:
      return 'PayPal declined it.';
  }
}

function cancelledBecause({ reason }: PaymentWords): string {
  switch (reason) {
    case 'consent-revoked':
      return ', because PayPal no longer let this chat use what was to pay';
    case 'unlinked':
      return ', because the PayPal account was unlinked before it was charged';
    case 'frozen':
      return ', because the account was frozen';
    case 'expired':
      return ', because its card was too old';
    default:
      return '';
  }
}

/** Why the money of a payment went back, after its amount and people. */
function wentBackBecause({ reason }: PaymentWords): string {
  switch (reason) {
    case 'undone':
    case 'cancelled':
      return 'was cancelled';
    case 'unclaimed':
      return 'was not claimed';
    case 'sent-back':
      return 'was sent back';
    case 'reversed':
      return 'was given back by PayPal';
    default:
      return 'could not be paid out';
  }
}

/** The same as a sentence, where the payer is told of it the first time. */
export function refundedBecause({ reason, payeeName }: PaymentWords): string {
  switch (reason) {
    case 'undone':
    case 'cancelled':
      return 'Cancelled.';
    case 'unclaimed':
      return `Nobody claimed what you sent to ${payeeName}.`;
    case 'sent-back':
      return `${payeeName} sent it back.`;
    case 'reversed':
      return 'PayPal gave it back to you.';
    default:
      return `${payeeName} could not be paid.`;
  }
}
