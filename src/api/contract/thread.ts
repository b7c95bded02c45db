import { z } from 'zod';
import { Moment, RepName } from './vocabulary';

/** What a message says, as words only: no address, no payload of a button, nothing that could be followed or run. */
export const Content = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string(), attachments: z.array(z.string()).optional() }),
    /** A card of the bot: its text and the captions of its buttons. */
    z.object({ kind: z.literal('card'), text: z.string(), buttons: z.array(z.string()) }),
    /** The person tapped a button with this caption. */
    z.object({ kind: z.literal('tap'), title: z.string() }),
    /** Anything else that happened in the thread; the page has the words. */
    z.object({ kind: z.literal('line'), key: z.string(), detail: z.record(z.string(), z.string()) }),
  ])
  .meta({ id: 'Content' });
export type Content = z.infer<typeof Content>;

/** `unconfirmed`: it may have arrived and may not. `waiting-window`: it leaves once the person writes again. */
export const MessageState = z.enum([
  'received',
  'pending',
  'sending',
  'sent',
  'unconfirmed',
  'failed',
  'dropped',
  'waiting-window',
  'recorded',
]);
export type MessageState = z.infer<typeof MessageState>;

export const ThreadMessage = z
  .object({
    id: z.string(),
    /** Rises along the thread. */
    sequence: z.number().int(),
    direction: z.enum(['in', 'out', 'note', 'line']),
    speaker: z.enum(['person', 'bot', 'rep', 'notice', 'system']),
    rep: RepName.optional(),
    content: Content,
    state: MessageState,
    /** Why it failed, as a code. */
    problem: z.string().optional(),
    at: Moment,
    sentAt: Moment.optional(),
    deliveredAt: Moment.optional(),
    readAt: Moment.optional(),
  })
  .meta({ id: 'ThreadMessage' });
export type ThreadMessage = z.infer<typeof ThreadMessage>;
