import type { Dialogue } from '../../src/domain/chat/dialogue';
import type { HandoffReason, Owner } from '../../src/domain/handoff/owner';
import type {
  CarriedConversation,
  ConversationEvent,
  ConversationInput,
  ConversationView,
  Waiting,
} from '../messages/conversation';
import { KEPT_EVENT_KEYS, conversationId } from '../messages/conversation';

/** Everything a conversation remembers while it runs. Plain data; only the conversation's own code changes it. */
export interface ConversationState {
  readonly id: string;
  readonly input: ConversationInput;
  owner: Owner;
  /** False until a run that nothing was handed to has asked the store who answers. */
  ownerKnown: boolean;
  waiting?: Waiting;
  dialogue?: Dialogue;
  /** Whether the bot has to say what it is before it says anything else: after a long silence, and after a human. */
  introduces: boolean;
  /** Until when another application has the thread, and the bot keeps quiet. */
  elsewhereUntil?: number;
  handledEvents: string[];
  turn: number;
  /** Turns of this run, which bound its history. */
  turnsInRun: number;
  lastActAt: number;
}

/** A new conversation belongs to the bot; a continued one goes on as the earlier run left it. */
export function begin(input: ConversationInput, now: number): ConversationState {
  const carried = input.carried;
  return {
    id: conversationId(input.page, input.personKey),
    input,
    owner: carried?.owner ?? { kind: 'bot', since: now, epoch: 0 },
    ownerKnown: carried !== undefined,
    waiting: carried?.waiting,
    dialogue: carried?.dialogue,
    introduces: carried?.introduces ?? false,
    elsewhereUntil: carried?.elsewhereUntil,
    handledEvents: carried?.handledEvents ?? [],
    turn: carried?.turn ?? 0,
    turnsInRun: 0,
    lastActAt: carried?.lastActAt ?? now,
  };
}

/** What the next run is given. */
export function carry(state: ConversationState, pending: ConversationEvent[]): CarriedConversation {
  const { owner, waiting, dialogue, introduces, elsewhereUntil, handledEvents, turn, lastActAt } = state;
  return { owner, waiting, dialogue, introduces, elsewhereUntil, handledEvents, turn, lastActAt, pending };
}

/** Remembers an event. False when it was handled before: the channel delivers at least once. */
export function isFresh(state: ConversationState, key: string): boolean {
  if (state.handledEvents.includes(key)) return false;
  state.handledEvents = [...state.handledEvents.slice(1 - KEPT_EVENT_KEYS), key];
  return true;
}

export function viewOf(state: ConversationState): ConversationView {
  return { owner: state.owner, ...(state.waiting ? { waiting: state.waiting } : {}) };
}

/**
 * Another application's control of a thread ends a day after its last word (Messenger Platform, Conversation Routing),
 * in milliseconds; nobody tells us of that end.
 */
const CONTROL_LAPSES_MS = 24 * 3_600_000;

/** Another application took the thread, or spoke in it. The bot says what it is when it speaks again. */
export function heardElsewhere(state: ConversationState, at: number): void {
  state.elsewhereUntil = at + CONTROL_LAPSES_MS;
  state.introduces = true;
}

/** Whether another application has the thread at this moment. */
export function isElsewhere({ elsewhereUntil }: ConversationState, now: number): boolean {
  return elsewhereUntil !== undefined && now < elsewhereUntil;
}

/** The owner in an operator's words. */
export function inWords({ owner, waiting, elsewhereUntil }: ConversationState): string {
  if (elsewhereUntil !== undefined)
    return `Another application has the thread, at most until ${isoTime(elsewhereUntil)}`;
  switch (owner.kind) {
    case 'bot':
      return 'The bot answers';
    case 'queue':
      return `Waits for a rep since ${isoTime(waiting?.since ?? owner.since)}: ${waiting ? REASON_WORDS[waiting.reason] : ''}`;
    case 'rep':
      return `${owner.rep?.name ?? 'A rep'} answers since ${isoTime(owner.since)}`;
    case 'none':
      return 'Closed';
  }
}

const REASON_WORDS: Record<HandoffReason, string> = {
  'asked-for-a-person': 'asked for a person',
  'password-not-solved': 'the password help did not work',
  'payment-problem': 'a payment went wrong',
  'not-understood': 'was not understood',
  transferred: 'was transferred',
};

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
