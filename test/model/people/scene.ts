import type { Linked, Name, Payee } from '../plan/steps';
import { LINKED } from '../plan/steps';
import type { Plan } from '../plan/plan';
import type { World } from '../../world/world';
import type { Victim } from '../chaos/killing';
import type { Person } from './person';

/** One scenario in its world: the plan, and the people who act it out. */
export interface Scene extends Victim {
  plan: Plan;
  world: World;
  people: Record<Name, Person>;
  /** An address at which nobody has an account until somebody opens one. */
  stranger: string;
}

/** Whoever has something with this button on the phone: the one who was meant, or else another. */
export function whoHas({ people }: Scene, meant: Linked, title: string): Person {
  const has = (who: Linked): boolean => people[who].newestWith(title) !== undefined;
  return people[[meant, ...LINKED].find(has) ?? meant];
}

/** How a payer names this payee. */
export function named({ people, stranger }: Scene, payee: Payee): string {
  if (payee === 'stranger') return stranger;
  return payee === 'cat' ? people.cat.email : people[payee].firstName;
}

/** Minor units as people write them: `$12.34`. */
export function dollars(minor: number): string {
  return `$${(minor / 100).toFixed(2)}`;
}

/** The same in a pattern. */
export function amountIn(minor: number): string {
  return dollars(minor).replace(/[$.]/g, '\\$&');
}
