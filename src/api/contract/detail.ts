import { z } from 'zod';
import { Conversation } from './conversation';
import { ThreadMessage } from './thread';
import { Moment } from './vocabulary';

/** What a rep should know before the first word. */
export const Context = z
  .object({
    reason: z.string().optional(),
    /** What the bot was doing. */
    intent: z.string().optional(),
    /** Whether the person has linked an account, and which; the address is masked. */
    account: z.object({ linked: z.boolean(), email: z.string().optional() }),
    /** When the person last did something: what the reply window counts from. */
    lastActAt: Moment.optional(),
    /** When an advertisement last led the person here, which opens the longer reply window. */
    adClickAt: Moment.optional(),
    closedAt: Moment.optional(),
  })
  .meta({ id: 'Context' });
export type Context = z.infer<typeof Context>;

/** One line of what happened, to whom it mattered: every change of owner, action and failure. */
export const HistoryEntry = z
  .object({
    id: z.number().int(),
    kind: z.string(),
    actor: z.string().optional(),
    detail: z.record(z.string(), z.unknown()),
    at: Moment,
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const ConversationDetail = z
  .object({
    conversation: Conversation,
    /** Oldest first; the newest hundreds of a long thread. */
    thread: z.array(ThreadMessage),
    context: Context,
    history: z.array(HistoryEntry),
  })
  .meta({ id: 'ConversationDetail' });
export type ConversationDetail = z.infer<typeof ConversationDetail>;
