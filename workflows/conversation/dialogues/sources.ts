import type { Reply, Respond, Turn } from '../turn';
import { say } from '../turn';

/** A tap on something else that pays this payment: `<payment>:<source>`. */
export function changeSource(turn: Turn, value: string): Reply {
  const [paymentId = '', source = ''] = value.split(':');
  return { dialogue: turn.dialogue, effects: [{ do: 'change-source', paymentId, source }] };
}

/** A tap on what shall pay by default, or "make my PayPal my default". */
export function makeDefault(turn: Turn, source: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'make-default', source }] };
}

export function addCard(turn: Turn): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'add-card' }] };
}

/** "remove my card": asked back, even where there is only one. */
export const askWhichCardToRemove: Respond = (turn) => ({
  dialogue: turn.dialogue,
  effects: [say('source.remove-which')],
});

export function removeCard(turn: Turn, source: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'remove-card', source }] };
}
