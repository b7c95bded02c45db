import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PersonEvent } from '../../src/domain/chat/events';
import type { HandoffReason, Owner, RepName } from '../../src/domain/handoff/owner';
import type { RolloutDecision } from '../../src/domain/rollout/decision';
import type { Dialogue } from '../../src/domain/chat/dialogue';

/** Workflow type: everything between one person and the page, from the first word on. */
export const CONVERSATION = 'conversation';

export interface ConversationInput {
  page: string;
  /** Keyed hash of the person's address: names the person without telling who it is. */
  personKey: string;
  rollout: RolloutDecision;
  /** What an earlier run hands over; absent in the first. */
  carried?: CarriedConversation;
}

/** What survives continue-as-new. Plain JSON, bounded by the constants beside each list. */
export interface CarriedConversation {
  owner: Owner;
  dialogue?: Dialogue;
  waiting?: Waiting;
  /** Until when another application has the thread, in milliseconds since the epoch. */
  elsewhereUntil?: number;
  /** Keys of events already handled, oldest first, at most {@link KEPT_EVENT_KEYS}. */
  handledEvents: string[];
  /** Turns over all runs: makes message keys unique. */
  turn: number;
  /** When the person last did something, in milliseconds since the epoch. */
  lastActAt: number;
  /** Whether the bot has to say what it is before it says anything else. */
  introduces?: boolean;
  /** Events that arrived too late for the earlier run. */
  pending: ConversationEvent[];
}

/** How many event keys a run remembers. Redeliveries beyond it are stopped by the store's unique key. */
export const KEPT_EVENT_KEYS = 200;

/** A person waiting for a rep. */
export interface Waiting {
  /** Since the person's first unanswered message; no automatic text resets it. */
  since: number;
  reason: HandoffReason;
}

/** What a conversation is told. */
export type ConversationEvent =
  | { kind: 'person'; event: PersonEvent }
  /** The channel proved that a message which stood as "not confirmed" arrived. */
  | { kind: 'echo'; metadata: string; messageId: string }
  /** Seen while another application has the thread: shown, not answered. */
  | { kind: 'standby'; event: PersonEvent }
  /** Another application, or somebody in the page's own inbox, wrote to the person. */
  | { kind: 'elsewhere'; key: string; at: number; text?: string };

/** Part of every action of a rep. */
export interface RepAction {
  /** Made by the desk, one per press, kept across its retries. */
  actionId: string;
  /** Hash of the action's body: the same id with another body is refused. */
  bodyHash: string;
  rep: RepName;
}

export type ReplyAction = RepAction & { text: string; retryOf?: string };
export type NoteAction = RepAction & { text: string };
export type TransferAction = RepAction & { to: { repId: string; name: string } | { team: string }; reason: string };
export type SnoozeAction = RepAction & { until?: number; untilMessage?: boolean };
/** `keep` leaves the conversation with the rep when the person writes again. */
export type ResolveAction = RepAction & { reason: string; keep?: boolean };

/** The conversation as every accepted action answers it. */
export interface ConversationView {
  owner: Owner;
  waiting?: Waiting;
  /** Set where the action sent a message: its id, and what became of it. */
  message?: { id: string; state: 'sent' | 'unconfirmed' | 'failed' | 'waiting-window' };
}

export const eventSignal = defineSignal<[ConversationEvent]>('event');
export const claimUpdate = defineUpdate<ConversationView, [RepAction]>('claim');
export const replyUpdate = defineUpdate<ConversationView, [ReplyAction]>('reply');
export const noteUpdate = defineUpdate<ConversationView, [NoteAction]>('note');
export const transferUpdate = defineUpdate<ConversationView, [TransferAction]>('transfer');
export const releaseUpdate = defineUpdate<ConversationView, [RepAction]>('release');
export const snoozeUpdate = defineUpdate<ConversationView, [SnoozeAction]>('snooze');
export const resolveUpdate = defineUpdate<ConversationView, [ResolveAction]>('resolve');
export const returnToBotUpdate = defineUpdate<ConversationView, [RepAction]>('returnToBot');
export const viewQuery = defineQuery<ConversationView>('view');

/** The workflow id of a person's conversation; also the conversation's id in the store and at the desk. */
export function conversationId(page: string, personKey: string): string {
  return `conversation/${page}/${personKey}`;
}
