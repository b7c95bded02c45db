import type { PersonAct } from '../../src/domain/chat/events';
import type { Dialogue, RequestSlots, SendSlots } from '../../src/domain/chat/dialogue';
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
  /** Whether the person has frozen their own account. */
  frozen?: boolean;
  /** The person's newest payment, where the utterance asks for one. */
  latestPaymentId?: string;
  /** The newest request that the person made of others. */
  latestRequestId?: string;
  /** Workflow time in milliseconds since the epoch. */
  now: number;
  dialogue?: Dialogue;
  /** Whether the person waits for a rep. */
  waiting: boolean;
  /** Whether money features are open to this person; decided when the conversation's run was started. */
  paymentsOn: boolean;
}

/** What a dialogue wants done, in order. The conversation does it; the dialogue stays pure. */
export type Effect = MoneyEffect | SafetyEffect | ChatEffect;

export type ChatEffect =
  | { do: 'say'; say: Say }
  | { do: 'queue'; reason: HandoffReason }
  | { do: 'leave-queue' }
  | { do: 'accept-link'; code: string }
  | { do: 'refuse-link'; sessionId: string }
  | { do: 'unlink'; by: 'person' | 'provider' };

export type SafetyEffect =
  /** Freeze the person's own account, and tell them what that means. */
  | { do: 'freeze' }
  /** Say that nothing can be done, because the person's own account is frozen. */
  | { do: 'say-frozen' }
  | { do: 'block' | 'unblock'; who: { name?: string; paymentId?: string; shareId?: string } }
  /** Lead to the page on which a card is added. */
  | { do: 'add-card' }
  /** Take one of the person's cards off. */
  | { do: 'remove-card'; source: string }
  /** What pays from now on where nothing is said: a card by its id, or `wallet`. */
  | { do: 'make-default'; source: string };

export type MoneyEffect =
  /** Make a confirmation card of what is known, or find out what is missing. */
  | { do: 'draft'; slots: SendSlots; replaces?: string }
  | { do: 'drop-draft'; paymentId: string; why: 'cancelled' | 'replaced' }
  /** Put a card aside, and ask what shall be different. */
  | { do: 'change-card'; paymentId: string; slots: SendSlots }
  /** The same payment from something else. */
  | { do: 'change-source'; paymentId: string; source: string }
  | { do: 'begin-payment'; paymentId: string }
  /** Take back what nobody has claimed. */
  | { do: 'undo-payment'; paymentId: string }
  /** Make a card that asks others for money, or find out what is missing. */
  | { do: 'draft-request'; slots: RequestSlots }
  | { do: 'drop-request'; requestId: string }
  | { do: 'begin-request'; requestId: string }
  /** Make a confirmation card for a share that somebody asked for, or for sending one back. */
  | { do: 'draft-share'; shareId: string }
  | { do: 'draft-send-back'; shareId: string }
  | { do: 'decline-share'; shareId: string }
  | { do: 'decline-newest-share' }
  | { do: 'remind-request'; requestId: string }
  | { do: 'cancel-request'; requestId: string };

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
