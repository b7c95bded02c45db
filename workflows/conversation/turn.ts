import type { PersonAct } from '../../src/domain/chat/events';
import type { Dialogue, SendSlots } from '../../src/domain/chat/dialogue';
import type { Say, SayIds, TextKey } from '../../src/domain/chat/say';
import type { Understanding } from '../../src/domain/chat/understanding';
import type { HandoffReason } from '../../src/domain/handoff/owner';

/** What a dialogue knows when it answers: what the person did, and where the conversation stands. */
export interface Turn {
  act: PersonAct;
  /** Present for text. */
  understood?: Understanding & { text: string };
  /** Whether a wallet is linked at this moment. */
  linked: boolean;
  /** The person's newest payment, where the utterance asks for one. */
  latestPaymentId?: string;
  /** Workflow time in milliseconds since the epoch. */
  now: number;
  dialogue?: Dialogue;
  /** Whether the person waits for a rep. */
  waiting: boolean;
  /** Whether money features are open to this person; decided when the conversation's run was started. */
  paymentsOn: boolean;
}

/** What a dialogue wants done, in order. The conversation does it; the dialogue stays pure. */
export type Effect =
  | { do: 'say'; say: Say }
  /** Make a confirmation card of what is known, or find out what is missing. */
  | { do: 'draft'; slots: SendSlots; replaces?: string }
  | { do: 'drop-draft'; paymentId: string; why: 'cancelled' | 'replaced' }
  | { do: 'begin-payment'; paymentId: string }
  | { do: 'queue'; reason: HandoffReason }
  | { do: 'leave-queue' }
  | { do: 'accept-link'; code: string }
  | { do: 'refuse-link'; sessionId: string }
  | { do: 'unlink' };

/** A dialogue's answer: where it stands now (`undefined` ends it), and what is to be done. */
export interface Reply {
  dialogue?: Dialogue;
  effects: Effect[];
}

/** Handles one kind of turn. */
export type Respond = (turn: Turn) => Reply;

export function say(key: TextKey, ids?: SayIds): Effect {
  return { do: 'say', say: ids ? { key, ids } : { key } };
}
