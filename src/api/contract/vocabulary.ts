import { z } from 'zod';
import { NAME_MAX } from './limits';

/** What somebody may do at the desk; `auditor` only reads, and so does `operator` except about money. */
export const Role = z.enum(['rep', 'supervisor', 'operator', 'auditor']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** `finishing` takes transfers only, `away` takes nothing. */
export const RepStatus = z.enum(['available', 'finishing', 'away']).meta({ id: 'RepStatus' });
export type RepStatus = z.infer<typeof RepStatus>;

/** A moment in ISO 8601, UTC. */
export const Moment = z.iso.datetime();

export const RepName = z.object({ id: z.string(), name: z.string() }).meta({ id: 'RepName' });
export type RepName = z.infer<typeof RepName>;

/** Who answers the person: the bot, nobody yet (`queue`), a rep, or nobody any more (`none`). */
export const Owner = z
  .object({ kind: z.enum(['bot', 'queue', 'rep', 'none']), rep: RepName.optional(), since: Moment })
  .meta({ id: 'Owner' });
export type Owner = z.infer<typeof Owner>;

/** A name as people write it: no control characters, no blank ends. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(NAME_MAX)
  .regex(/^\P{Cc}*$/u, 'must not have control characters');
