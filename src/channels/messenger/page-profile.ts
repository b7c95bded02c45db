import { isDeepStrictEqual } from 'node:util';
import type { PageProfile } from '../../domain/chat/channel';
import { titleAndPayload } from './cards/templates';
import type { Graph } from './graph';
import { LIMITS, atMost, within } from './limits';
import type { Fields } from './fields';
import { field, objectOf } from './fields';

/** What the application has to hear of; Messenger sends nothing that a page's application has not subscribed to. */
const SUBSCRIBED = [
  'messages',
  'messaging_postbacks',
  'message_echoes',
  'message_deliveries',
  'message_reads',
  'message_reactions',
  'message_edits',
  'messaging_account_linking',
  'messaging_handovers',
  'standby',
  'messaging_referrals',
  'messaging_optins',
  'messaging_policy_enforcement',
];

/**
 * Sets the start button, the greeting and the persistent menu (Messenger Profile API), and subscribes the application
 * to the page's events. Writes only what differs from what is set: Messenger limits how often a profile may be written.
 */
export async function setUpPage(graph: Graph, ours: { pageId: string; appId: string }, page: PageProfile) {
  await writeProfile(graph, profileOf(page));
  await subscribe(graph, ours);
}

function profileOf({ greeting, startPayload, menu }: PageProfile): Fields {
  const items = atMost(menu, LIMITS.menuItems, 'menu items');
  return {
    get_started: { payload: within(startPayload, LIMITS.payload, 'payload of the start button') },
    greeting: [{ locale: 'default', text: within(greeting, LIMITS.greeting, 'greeting') }],
    persistent_menu: [
      {
        locale: 'default',
        composer_input_disabled: false,
        call_to_actions: items.map((item) => ({
          type: 'postback',
          ...titleAndPayload(item, LIMITS.menuTitle, 'menu item'),
        })),
      },
    ],
  };
}

async function writeProfile(graph: Graph, wanted: Fields): Promise<void> {
  const path = ['me', 'messenger_profile'];
  const fields = Object.keys(wanted).join(',');
  const answer = await graph({ method: 'GET', path, query: { fields }, repeatable: true });
  const set = firstOf(answer) ?? {};
  const different = Object.entries(wanted).filter(([name, value]) => !holds(field(set, name), value));
  if (different.length === 0) return;
  // A menu needs a start button in the same profile; one call keeps Messenger from seeing one without the other.
  await graph({ method: 'POST', path, body: Object.fromEntries(different), repeatable: true });
}

async function subscribe(graph: Graph, { pageId, appId }: { pageId: string; appId: string }): Promise<void> {
  const path = [pageId, 'subscribed_apps'];
  const answer = await graph({ method: 'GET', path, repeatable: true });
  const ours = listOf(answer).find((app) => String(field(app, 'id')) === appId);
  const subscribed = ours === undefined ? [] : field(ours, 'subscribed_fields');
  if (Array.isArray(subscribed) && SUBSCRIBED.every((name) => subscribed.includes(name))) return;
  await graph({ method: 'POST', path, body: { subscribed_fields: SUBSCRIBED.join(',') }, repeatable: true });
}

/** True when everything wanted is set; Messenger adds fields of its own to what it was given. */
function holds(set: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(set) && set.length === wanted.length && wanted.every((item, at) => holds(set[at], item));
  }
  const [has, wants] = [objectOf(set), objectOf(wanted)];
  if (!wants) return isDeepStrictEqual(set, wanted);
  return has !== undefined && Object.entries(wants).every(([name, value]) => holds(field(has, name), value));
}

function firstOf(answer: Fields): Fields | undefined {
  return listOf(answer)[0];
}

function listOf(answer: Fields): Fields[] {
  const data = field(answer, 'data');
  return Array.isArray(data) ? data.map(objectOf).filter((item) => item !== undefined) : [];
}
