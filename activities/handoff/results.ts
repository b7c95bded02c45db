import type { HandoffReason, Owner, Refusal } from '../../src/domain/handoff/owner';
import type {
  ConversationView,
  NoteAction,
  RepAction,
  ReplyAction,
  ResolveAction,
  SnoozeAction,
  TransferAction,
} from '../../workflows/messages/conversation';

/** A rep's action by its name at the desk. */
export type RepActionKind =
  'claim' | 'reply' | 'note' | 'release' | 'transfer' | 'snooze' | 'resolve' | 'return-to-bot';

/** An action that the conversation allows, with the owner it leads to. */
export interface RepActionStep {
  kind: RepActionKind;
  action: RepAction & Partial<ReplyAction & NoteAction & TransferAction & SnoozeAction & ResolveAction>;
  conversationId: string;
  personKey: string;
  before: Owner;
  owner: Owner;
  waiting?: { since: number; reason: HandoffReason };
}

/**
 * Done, with what became of the message that it sent; refused by what only the store knows; or answered long ago, when
 * the conversation stood elsewhere, so that it changes nothing now.
 */
export type RepActionResult =
  | { message?: { id: string; state: 'sent' | 'unconfirmed' | 'failed' | 'waiting-window' } }
  | { refused: Refusal }
  | { answered: ConversationView };

/** A change of owner that no rep pressed for. */
export interface OwnerChange {
  /** Unique per change, the same when the step is repeated. */
  changeId: string;
  conversationId: string;
  personKey: string;
  owner: Owner;
  waiting?: { since: number; reason: HandoffReason };
  why: 'queued' | 'left-queue';
  /** What the bot was doing, for the rep to see. */
  intent?: string;
}
