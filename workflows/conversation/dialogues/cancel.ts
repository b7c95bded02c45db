import type { Respond } from '../turn';
import { say } from '../turn';

/** "cancel": whatever is open. With a place in the queue and a payment both possible, it asks which. */
export const cancel: Respond = (turn) => {
  const { dialogue } = turn;
  if (dialogue?.kind === 'confirm') {
    return { effects: [{ do: 'drop-draft', paymentId: dialogue.paymentId, why: 'cancelled' }] };
  }
  if (dialogue?.kind === 'confirm-request') {
    return { effects: [{ do: 'drop-request', requestId: dialogue.requestId }, say('request.dropped')] };
  }
  if (dialogue && dialogue.kind !== 'cancel-what') return { effects: [say('cancel.dialogue')] };
  return { dialogue: { kind: 'cancel-what' }, effects: [say('cancel.what')] };
};

/** The answer "my place in the queue". */
export const leaveQueue: Respond = (turn) =>
  turn.waiting
    ? { effects: [{ do: 'leave-queue' }, say('cancel.left-queue')] }
    : { dialogue: turn.dialogue?.kind === 'cancel-what' ? undefined : turn.dialogue, effects: [say('cancel.nothing')] };

/** The answer "the payment": it is taken back where that is still possible, and told with its state where it is not. */
export const cancelLatestPayment: Respond = (turn) =>
  turn.latestPaymentId
    ? { effects: [{ do: 'undo-payment', paymentId: turn.latestPaymentId }] }
    : { effects: [say('cancel.nothing')] };
