import type { Weather } from '../../world/postman';

/** What can happen to money that nobody has claimed: by the payee, the payer, time, and the payer's bank. */
const HAPPENINGS = ['claim', 'cancel', 'expiry', 'reversal'] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** What can happen to the first answer of every call that moves money. */
export const ANSWERS = ['in time', 'lost', 'stalled for 7 hours'] as const;
export type AnswerGoes = (typeof ANSWERS)[number];

/** What can happen to PayPal's events. */
export const EVENTS = ['before the answers', 'days late', 'twice', 'never'] as const;
export type EventsGo = (typeof EVENTS)[number];

/** How the postman treats them. */
export const WEATHER_OF: Record<EventsGo, Weather> = {
  'before the answers': 'fair',
  'days late': 'late',
  twice: 'duplicate',
  never: 'none',
};

/** One payment, and everything that will happen to it. */
export interface Course {
  order: readonly Happening[];
  answers: AnswerGoes;
  events: EventsGo;
  payee: string;
  paymentId: string;
}

/** Every order of every choice of happenings; time goes by in each. */
export function orders(): Happening[][] {
  const [claim, cancel, , reversal] = HAPPENINGS;
  const choices = [[], [claim], [cancel], [reversal], [claim, cancel], [claim, reversal], [cancel, reversal]];
  return [...choices, [claim, cancel, reversal]].flatMap((chosen) => permutations([...chosen, 'expiry' as const]));
}

/** What happens before the time in which money can be claimed is over. */
export function beforeExpiry({ order }: Course): readonly Happening[] {
  return order.slice(0, order.indexOf('expiry'));
}

/** What happens after it. */
export function afterExpiry({ order }: Course): readonly Happening[] {
  return order.slice(order.indexOf('expiry') + 1);
}

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length <= 1) return [[...of]];
  return of.flatMap((first, place) => permutations(of.toSpliced(place, 1)).map((rest) => [first, ...rest]));
}
