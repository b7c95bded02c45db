import type { Person } from '../../people/person';
import { errorOfCode, GraphError, invalid } from '../errors';

const HOUR = 60 * 60 * 1000;
/** Standard messaging window after a person's last action (platform policy). */
export const STANDARD_WINDOW_MS = 24 * HOUR;
/** How long a human agent may still answer, and how long a click on an ad keeps the window open. */
export const EXTENDED_WINDOW_MS = 7 * 24 * HOUR;
/** Countries in which a utility message may be sent outside the window (open beta of utility messages). */
const UTILITY_COUNTRIES = new Set(['US', 'VN', 'TH', 'PH']);

const MESSAGING_TYPES = new Set(['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY']);

/** How a send asks to be judged. `messagingType` is documented as required, yet a send without it is accepted. */
export interface SendPolicy {
  readonly messagingType: string | undefined;
  readonly tag: string | undefined;
}

/**
 * Refuses unknown messaging types and every tag but HUMAN_AGENT: the other three were retired on 2026-04-27 and fail
 * since then with code 100.
 * @throws GraphError code 100
 */
export function checkPolicy({ messagingType, tag }: SendPolicy): void {
  if (messagingType !== undefined && !MESSAGING_TYPES.has(messagingType)) {
    throw invalid('Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG, UTILITY}');
  }
  if (tag !== undefined && tag !== 'HUMAN_AGENT') throw new GraphError(100, 'Invalid parameter');
  if (messagingType === 'MESSAGE_TAG' && tag === undefined) throw invalid('The parameter tag is required');
}

/**
 * Decides whether a message may reach the person at this moment of the simulator's clock (milliseconds).
 * @throws GraphError code 10, subcode 2018278
 */
export function checkWindow(person: Person, { messagingType, tag }: SendPolicy, now: number): void {
  if (isOpen(person, now)) return;
  if (tag === 'HUMAN_AGENT' && isWithin(person.lastActionAt, EXTENDED_WINDOW_MS, now)) return;
  if (messagingType === 'UTILITY' && UTILITY_COUNTRIES.has(person.country)) return;
  throw errorOfCode(10, 2018278);
}

/** True while anything may be sent without a tag. */
export function isOpen(person: Person, now: number): boolean {
  return isWithin(person.lastActionAt, STANDARD_WINDOW_MS, now) || (person.adWindowUntil ?? 0) > now;
}

function isWithin(since: number | undefined, span: number, now: number): boolean {
  return since !== undefined && now - since < span;
}
