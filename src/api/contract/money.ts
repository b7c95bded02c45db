import { z } from 'zod';
import { CASE_KINDS } from '../../domain/money/cases';
import { PROOFS } from '../../domain/money/verdicts';
import { Moment } from './vocabulary';

/** An amount in minor units (cents) of its currency. */
export const Amount = z.object({ minor: z.number().int(), currency: z.string() }).meta({ id: 'Amount' });

/** Something open about money. It always has an owner, a deadline and a next action. */
export const MoneyCase = z
  .object({
    id: z.string(),
    /** Absent where no payment of ours is concerned; such a case is settled by its own id. */
    paymentId: z.string().optional(),
    kind: z.enum(CASE_KINDS),
    /** Where the payment stands. */
    state: z.string().optional(),
    amount: Amount.optional(),
    openedAt: Moment,
    /** Seconds since it was opened. */
    age: z.number().int(),
    owner: z.enum(['program', 'operators']),
    deadline: Moment,
    overdue: z.boolean(),
    nextAction: z.string(),
    /** Figures and ids of the provider, nothing personal. */
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'MoneyCase' });
export type MoneyCase = z.infer<typeof MoneyCase>;

/** The nearest deadline first. */
export const MoneyQueue = z.object({ cases: z.array(MoneyCase) }).meta({ id: 'MoneyQueue' });
export type MoneyQueue = z.infer<typeof MoneyQueue>;

/** What shows it: the provider's id of a transaction, or the number of a case with them. */
const evidence = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\w.:/-]+$/, 'must be an id: letters, digits and . : / _ -');

/** An operator's verdict: what is proven, and by what. */
export const SettleBody = z.strictObject({ proven: z.enum(PROOFS), evidence }).meta({ id: 'Settle' });

/** Holding, releasing and draining say nothing but which payment. */
export const NoBody = z.strictObject({}).meta({ id: 'Nothing' });

/** Where the payment stands after the action was accepted; what follows from it shows in the queue. */
export const MoneyAnswer = z.object({ paymentId: z.string(), status: z.string() }).meta({ id: 'MoneyAnswer' });
export type MoneyAnswer = z.infer<typeof MoneyAnswer>;
