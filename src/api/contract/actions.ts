import { z } from 'zod';
import { Conversation } from './conversation';
import { REASON_MAX, REPLY_MAX } from './limits';

/** Made by the page, one per press and kept across its retries: what makes a press happen once. */
const actionId = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[\w.:-]+$/, 'must be letters, digits and . : _ -');

const text = z
  .string()
  .max(REPLY_MAX)
  .refine((given) => given.trim() !== '', 'must not be empty');

const reason = z.string().trim().min(1).max(REASON_MAX);

/** Claim, release and return to the bot say nothing but which press they are. */
export const Press = z.strictObject({ actionId }).meta({ id: 'Press' });

/** `retryOf`: the message that failed or stands as not confirmed, to be sent again instead of a new one. */
export const ReplyBody = z.strictObject({ actionId, text, retryOf: z.uuid().optional() }).meta({ id: 'Reply' });

export const NoteBody = z.strictObject({ actionId, text }).meta({ id: 'Note' });

export const TransferBody = z
  .strictObject({
    actionId,
    to: z.union([z.strictObject({ repId: z.uuid() }), z.strictObject({ team: z.string().trim().min(1).max(50) })]),
    reason,
  })
  .meta({ id: 'Transfer' });

export const SnoozeBody = z
  .union([
    z.strictObject({ actionId, until: z.iso.datetime({ offset: true }) }),
    z.strictObject({ actionId, untilMessage: z.literal(true) }),
  ])
  .meta({ id: 'Snooze' });

/** `keep` leaves the conversation with the rep when the person writes again; otherwise the bot answers next. */
export const ResolveBody = z.strictObject({ actionId, reason, keep: z.boolean().optional() }).meta({ id: 'Resolve' });

/** The message that an action sent: its id, and what became of it within the answer's time. */
const message = z.object({ id: z.string(), state: z.enum(['sent', 'unconfirmed', 'failed', 'waiting-window']) });

/** The conversation after the action, as the one who decides has it. */
export const ActionAnswer = z
  .object({ conversation: Conversation, message: message.optional() })
  .meta({ id: 'ActionAnswer' });
export type ActionAnswer = z.infer<typeof ActionAnswer>;
