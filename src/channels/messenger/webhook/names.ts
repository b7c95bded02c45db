import type { Fields } from '../fields';

/**
 * Kinds that we know of and do nothing with, by the name of the field that holds their content: application roles,
 * policy, commerce and the payments of 2017, games, opt-outs and what else a page can subscribe to.
 */
const UNHANDLED: ReadonlySet<string> = new Set([
  'app_roles',
  'policy_enforcement',
  'payment',
  'checkout_update',
  'pre_checkout',
  'order',
  'game_play',
  'optout',
  'message_context',
  'message_mention',
  'messaging_feedback',
  'messaging_customer_information',
  'appointment',
  'calls',
]);

/** Fields that say who and when, not what. */
const ADDRESSING: ReadonlySet<string> = new Set(['sender', 'recipient', 'timestamp', 'prior_message', 'hop_context']);

/** Names that may become the label of a counter: Meta's own style and nothing longer. */
const FIELD_NAME = /^[a-z][a-z_]{1,39}$/;

/**
 * The kind of an item by the first of the given kinds that it holds, else by a kind known to be unhandled, else by
 * Meta's own word for it (`unknown:…`). Dashes count as underscores: `policy-enforcement` is the older spelling.
 */
export function kindOf(item: Fields, handled: Iterable<string>): { kind: string; known: boolean } {
  const spelled = new Set(Object.keys(item).map((name) => name.replaceAll('-', '_')));
  for (const kind of [...handled, ...UNHANDLED]) if (spelled.has(kind)) return { kind, known: true };
  const word = [...spelled].find((name) => !ADDRESSING.has(name) && FIELD_NAME.test(name));
  return { kind: word === undefined ? 'unknown' : `unknown:${word}`, known: false };
}

/** The name a subscribed field is counted under, where its value is none of the kinds above. */
export function nameOfChange(subscribed: unknown): string {
  return typeof subscribed === 'string' && FIELD_NAME.test(subscribed) ? `change:${subscribed}` : 'change';
}
