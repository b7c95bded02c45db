import type { Reply, Respond, Turn } from '../turn';
import { say } from '../turn';
import { dropCard, isCard } from './cards';
import { notUnderstood } from './support';

/** "cancel": whatever is open. Where nothing is, it asks what: a word alone takes no payment back. */
export const cancel: Respond = (turn) => {
  const { dialogue } = turn;
  if (isCard(dialogue)) return dropCard(turn, dialogue);
  if (dialogue && dialogue.kind !== 'cancel-what') return { effects: [say('cancel.dialogue')] };
  return { dialogue: { kind: 'cancel-what' }, effects: [say('cancel.what')] };
};

/** The answer in words instead of with a tap. */
export const answerCancelQuestion: Respond = (turn) => {
  const { text = '', slots } = turn.understood ?? {};
  if (slots?.answer === 'no') return { effects: [say('cancel.kept')] };
  if (/\b(queue|place|line|waiting)\b/i.test(text)) return leaveQueue(turn);
  return /\b(payment|money)\b/i.test(text) ? cancelLatestPayment(turn) : notUnderstood(turn);
};

/** The answer "my place in the queue". */
export function leaveQueue(turn: Turn): Reply {
  return turn.waiting
    ? { effects: [{ do: 'leave-queue' }, say('cancel.left-queue')] }
    : { dialogue: turn.dialogue?.kind === 'cancel-what' ? undefined : turn.dialogue, effects: [say('cancel.nothing')] };
}

/** The answer "the payment": it is taken back where that is still possible, and told with its state where it is not. */
export function cancelLatestPayment(turn: Turn): Reply {
  return turn.latestPaymentId
    ? { effects: [{ do: 'undo-payment', paymentId: turn.latestPaymentId }] }
    : { effects: [say('cancel.nothing')] };
}
