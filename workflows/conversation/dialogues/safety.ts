import type { Reply, Respond, Turn } from '../turn';

/** "Freeze": at once and without a question; whatever was being prepared is void. */
export const freeze: Respond = () => ({ effects: [{ do: 'freeze' }] });

/** "block Lee", "unblock Lee". */
export const blockByName: Respond = (turn) => byName(turn, 'block');
export const unblockByName: Respond = (turn) => byName(turn, 'unblock');

/** **Block** under money that came, or under what somebody asks for. */
export function blockPayer(turn: Turn, paymentId: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'block', who: { paymentId } }] };
}
export function blockRequester(turn: Turn, shareId: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'block', who: { shareId } }] };
}

function byName(turn: Turn, what: 'block' | 'unblock'): Reply {
  const name = turn.understood?.slots.person ?? '';
  return { dialogue: turn.dialogue, effects: [{ do: what, who: { name } }] };
}
