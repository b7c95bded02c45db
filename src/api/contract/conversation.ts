import { z } from 'zod';
import { Moment, Owner } from './vocabulary';

/** Which conversations a list shows; `waiting` has the longest wait first, the others the newest. */
export const ListState = z.enum(['waiting', 'mine', 'all', 'closed']);
export type ListState = z.infer<typeof ListState>;

export const ListQuery = z.object({ state: ListState.default('waiting') });

/** One conversation as a row of a list and as the answer to an action. */
export const Conversation = z
  .object({
    id: z.string(),
    /** Short and readable, for the phone and the hallway. */
    reference: z.string(),
    person: z.object({ name: z.string() }),
    owner: Owner,
    /** Since the person's first unanswered message. */
    waitingSince: Moment.optional(),
    /** Why a person was asked for, as a code. */
    reason: z.string().optional(),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof Conversation>;

export const ConversationList = z.object({ conversations: z.array(Conversation) }).meta({ id: 'ConversationList' });
export type ConversationList = z.infer<typeof ConversationList>;
