import type { Dialogue } from '../../../src/domain/chat/dialogue';
import type { Intent, Understanding } from '../../../src/domain/chat/understanding';
import type { Reply, Turn } from '../turn';
import { say } from '../turn';
import { dropRequest } from './request-money';
import { cancelCard } from './send-money';

/** A card that is out, and moves money or asks for it with a tap. */
type Card = Extract<Dialogue, { kind: 'confirm' | 'confirm-request' }>;

/** What "yes", "send it" or "no, don't" are read as; anything else is wanted besides the card. */
const NOTHING_ELSE: ReadonlySet<Intent> = new Set(['out_of_scope', 'send_money', 'request_money']);

/** Whether the words answer the card that is out, and order nothing new. */
export function isAnswered(dialogue: Dialogue | undefined, understood: Understanding): dialogue is Card {
  const { intent, slots } = understood;
  if (dialogue?.kind !== 'confirm' && dialogue?.kind !== 'confirm-request') return false;
  return slots.answer !== undefined && slots.amount === undefined && NOTHING_ELSE.has(intent);
}

/** "No" ends the card. Anything else shows it once more: only a tap moves money, or asks anybody for it. */
export function answerCard(turn: Turn, card: Card): Reply {
  const isNo = turn.understood?.slots.answer === 'no';
  if (card.kind === 'confirm') {
    const { paymentId } = card;
    if (isNo) return cancelCard(turn, paymentId);
    return { dialogue: card, effects: [say('send.tap-to-confirm'), say('payment.confirm', { paymentId })] };
  }
  const { requestId } = card;
  if (isNo) return dropRequest(turn, requestId);
  return { dialogue: card, effects: [say('request.tap-to-send'), say('request.confirm', { requestId })] };
}
