import type { Dialogue } from '../../../src/domain/chat/dialogue';
import type { Intent, Slots } from '../../../src/domain/chat/understanding';
import type { Reply, Turn } from '../turn';
import { say } from '../turn';
import { dropRequest } from './request-money';
import { cancelCard } from './send-money';

/** A card that is out, and moves money or asks for it with a tap. */
type Card = Extract<Dialogue, { kind: 'confirm' | 'confirm-request' }>;

export function isCard(dialogue: Dialogue | undefined): dialogue is Card {
  return dialogue?.kind === 'confirm' || dialogue?.kind === 'confirm-request';
}

/** What "yes", "send it" or "no, don't" are read as; anything else is wanted besides the card. */
const NOTHING_ELSE: ReadonlySet<Intent> = new Set(['out_of_scope', 'send_money', 'request_money']);

/** Whether words answer a card that is out, and order nothing new. */
export function areAnswer(intent: Intent, { answer, amount }: Slots): boolean {
  return answer !== undefined && amount === undefined && NOTHING_ELSE.has(intent);
}

/** "No" ends the card. Anything else shows it once more: only a tap moves money, or asks anybody for it. */
export function answerCard(turn: Turn, card: Card): Reply {
  if (turn.understood?.slots.answer === 'no') return dropCard(turn, card);
  if (card.kind === 'confirm') {
    const { paymentId } = card;
    return { dialogue: card, effects: [say('send.tap-to-confirm'), say('payment.confirm', { paymentId })] };
  }
  const { requestId } = card;
  return { dialogue: card, effects: [say('request.tap-to-send'), say('request.confirm', { requestId })] };
}

export function dropCard(turn: Turn, card: Card): Reply {
  return card.kind === 'confirm' ? cancelCard(turn, card.paymentId) : dropRequest(turn, card.requestId);
}
