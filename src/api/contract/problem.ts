import { z } from 'zod';
import { Owner } from './vocabulary';

/** Every answer of the API that is not a success (RFC 9457). */
export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    /** The word that programs decide on. */
    code: z.string(),
    /** On a refused action: who has the conversation, and since when. */
    owner: Owner.optional(),
    since: z.string().optional(),
    /** On wrong input: what is wrong, by field. */
    fields: z.array(z.object({ field: z.string(), problem: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof ProblemBody>;
