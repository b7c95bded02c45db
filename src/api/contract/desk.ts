import { z } from 'zod';
import { REPLY_MAX } from './limits';
import { PersonName, RepStatus, Role } from './vocabulary';

export const SignIn = z.strictObject({ name: PersonName, role: Role }).meta({ id: 'SignIn' });

/** A rep with what is in use of the rep's capacity: `used` conversations and `otherWork` units of `slots`. */
export const Rep = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    status: RepStatus,
    slots: z.number().int(),
    used: z.number().int(),
    otherWork: z.number().int(),
  })
  .meta({ id: 'Rep' });
export type Rep = z.infer<typeof Rep>;

export const Me = z.object({ rep: Rep }).meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const RepList = z.object({ reps: z.array(Rep) }).meta({ id: 'RepList' });
export type RepList = z.infer<typeof RepList>;

export const StatusBody = z.strictObject({ status: RepStatus }).meta({ id: 'Status' });

/** Load from other channels, in slots. The upper end only keeps nonsense out. */
export const OtherWorkBody = z.strictObject({ units: z.number().int().min(0).max(50) }).meta({ id: 'OtherWork' });

/** What a rep has typed and not sent; empty when there is nothing. */
export const Draft = z.strictObject({ text: z.string().max(REPLY_MAX) }).meta({ id: 'Draft' });
export type Draft = z.infer<typeof Draft>;
