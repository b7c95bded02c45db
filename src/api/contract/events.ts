import { z } from 'zod';

/**
 * Events of `GET /api/desk/events`:
 * - `change`: something about a conversation or a rep changed; read it anew. Holds no words of anybody.
 * - `snapshot`: begin here. Read everything anew; the changes that follow are complete from this id on.
 * - `signed-out`: the session has ended; the stream closes.
 */
export const CHANGE = 'change';
export const SNAPSHOT = 'snapshot';
export const SIGNED_OUT = 'signed-out';

export const Change = z
  .object({ kind: z.string(), conversationId: z.string().optional(), actor: z.string().optional() })
  .meta({ id: 'Change' });
export type Change = z.infer<typeof Change>;

/** Where a stream goes on, for a page whose browser could not say so in `Last-Event-ID`. */
export const StreamQuery = z.object({ after: z.coerce.number().int().min(0).optional() });
