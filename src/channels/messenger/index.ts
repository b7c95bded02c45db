import type { Channel, PersonProfile, SendRule } from '../../domain/chat/channel';
import { partsOf } from './cards/parts';
import { messageOf } from './cards/templates';
import { cutTitle } from './cards/words';
import type { GraphOptions } from './graph';
import { createGraph } from './graph';
import { LIMITS, beyond, webAddress, within } from './limits';
import { failureOfUnreadable } from './outcomes';
import { setUpPage } from './page-profile';
import type { Fields } from './fields';
import { field, idOf, textOf } from './fields';

export interface MessengerOptions extends GraphOptions {
  pageId: string;
  /** The application whose subscription to the page is seen to. */
  appId: string;
}

const LONGEST_NAME = 200;

/** HUMAN_AGENT is the only tag left: the others were retired on 2026-04-27 and are refused since. */
const TYPE_BY_RULE: Record<SendRule, object> = {
  response: { messaging_type: 'RESPONSE' },
  'human-agent': { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' },
  utility: { messaging_type: 'UTILITY' },
};

/** Sending through Messenger's Send API. Every method throws `ProviderFailure` and nothing else. */
export function createMessenger(options: MessengerOptions): Channel {
  const { pageId } = options;
  const graph = createGraph(options);
  const messages = [pageId, 'messages'];
  return {
    parts: partsOf,

    async send({ to, card, rule, metadata, personaId }) {
      const body = {
        recipient: { id: person(to) },
        ...TYPE_BY_RULE[rule],
        message: { ...messageOf(card), metadata: within(metadata, LIMITS.metadata, 'metadata') },
        ...persona(personaId),
      };
      const answer = await graph({ method: 'POST', path: messages, body, repeatable: false });
      const messageId = idOf(field(answer, 'message_id'));
      if (messageId === undefined) throw failureOfUnreadable(200, false);
      return { messageId };
    },

    async showTyping(to, personaId) {
      const body = { recipient: { id: person(to) }, sender_action: 'typing_on', ...persona(personaId) };
      await graph({ method: 'POST', path: messages, body, repeatable: true });
    },

    async profile(address) {
      const query = { fields: 'name,first_name,last_name,locale,timezone' };
      return profileOf(await graph({ method: 'GET', path: [person(address)], query, repeatable: true }));
    },

    async createPersona({ name, pictureUrl }) {
      const body = {
        name: cutTitle(within(name, Infinity, 'name of a persona'), LIMITS.personaName),
        profile_picture_url: webAddress(pictureUrl, 'picture of a persona'),
      };
      // A second persona of the same name, after a lost answer, is never shown and does no harm.
      const id = idOf(field(await graph({ method: 'POST', path: [pageId, 'personas'], body, repeatable: true }), 'id'));
      if (id === undefined) throw failureOfUnreadable(200, true);
      return id;
    },

    async unlinkAccount(address) {
      const body = { psid: person(address) };
      await graph({ method: 'POST', path: ['me', 'unlink_accounts'], body, repeatable: true });
    },

    setUpPage: (profile) => setUpPage(graph, options, profile),
  };
}

function persona(id: string | undefined): object {
  return id === undefined ? {} : { persona_id: id };
}

/** The address as a path or a recipient takes it; what is no id could point elsewhere in the Graph API. */
function person(address: string): string {
  if (!/^\w[\w-]{0,99}$/.test(address)) throw beyond('address of a person must be an id');
  return address;
}

/** What Messenger tells of a person: fields that it withholds are absent, and all of them may be. */
function profileOf(answer: Fields): PersonProfile {
  const firstName = textOf(field(answer, 'first_name'), LONGEST_NAME);
  const lastName = textOf(field(answer, 'last_name'), LONGEST_NAME);
  const whole = [firstName, lastName].filter(Boolean).join(' ');
  const name = textOf(field(answer, 'name'), LONGEST_NAME) ?? (whole || undefined);
  const locale = textOf(field(answer, 'locale'), LONGEST_NAME);
  const timezone = Number(field(answer, 'timezone') ?? NaN);
  return {
    ...(name ? { name } : {}),
    ...(firstName ? { firstName } : {}),
    ...(locale ? { locale } : {}),
    ...(Number.isFinite(timezone) ? { timezone } : {}),
  };
}
