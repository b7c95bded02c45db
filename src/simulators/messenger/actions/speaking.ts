import { ownerOf } from '../graph/rules/thread-owner';
import { EXTENDED_WINDOW_MS } from '../graph/rules/window';
import type { Attachment, Message } from '../people/message';
import type { Person } from '../people/person';
import type { Platform } from '../platform';
import { messageContent } from '../webhooks/event';
import { Refusal } from './refusal';

/** Names of reactions in webhooks, by emoji; any other emoji is `other`. */
const REACTIONS: Readonly<Record<string, string>> = {
  '❤': 'love',
  '😆': 'smile',
  '😮': 'wow',
  '😢': 'sad',
  '😠': 'angry',
  '👍': 'like',
  '👎': 'dislike',
};

/** How a conversation is entered from outside. */
export interface Referral {
  readonly ref?: string | undefined;
  readonly source: 'SHORTLINK' | 'ADS' | 'MESSENGER_CODE' | 'DISCOVER_TAB';
  readonly adId?: string | undefined;
}

/** The person a control call names. Throws a 404 refusal when there is nobody. */
export function personAt(platform: Platform, psid: string): Person {
  const person = platform.people.get(psid);
  if (person === undefined) throw new Refusal(404, `no person ${psid}`);
  return person;
}

/** Notes that a person did something that opens the messaging window, in a thread whose control may have lapsed. */
function noteAction({ people, clock }: Platform, person: Person): void {
  const now = clock.now();
  person.lastActionAt = now;
  person.control = { ownerAppId: ownerOf(person, now), lastActivityAt: now };
  people.keep(person);
}

/** A person writes, sends something, or answers with a quick reply. */
export function say(
  platform: Platform,
  person: Person,
  content: { text?: string | undefined; attachment?: Attachment | undefined },
  quickReplyPayload?: string,
): Message {
  noteAction(platform, person);
  const { text, attachment } = content;
  const message = platform.threads.append({
    psid: person.psid,
    from: 'person',
    ...(text === undefined ? {} : { text }),
    ...(attachment === undefined ? {} : { attachment }),
  });
  const event = { field: 'messages', mid: message.mid, content: messageContent(message, quickReplyPayload) } as const;
  platform.announcer.ofPerson(person, event, message.at);
  return message;
}

/** A person taps a button with a payload, on a template, in the menu, or Get Started. */
export function postBack(platform: Platform, person: Person, title: string, payload: string): Message {
  noteAction(platform, person);
  const message = platform.threads.append({ psid: person.psid, from: 'person', text: title });
  const content = { postback: { mid: message.mid, title, payload } };
  platform.announcer.ofPerson(person, { field: 'messaging_postbacks', mid: message.mid, content }, message.at);
  return message;
}

/** A person puts an emoji on a message of the page, or takes it off again. */
export function react(platform: Platform, person: Person, mid: string, emoji: string | undefined): void {
  const message = messageAt(platform, person, mid);
  if (message.from !== 'page') throw new Refusal(409, 'only messages of the page are reacted to');
  const reaction = emoji ?? message.reaction;
  if (emoji === undefined) delete message.reaction;
  else message.reaction = emoji;
  platform.threads.keep(message);
  noteAction(platform, person);
  const what =
    reaction === undefined ? {} : { reaction: REACTIONS[reaction.replace('\ufe0f', '')] ?? 'other', emoji: reaction };
  const content = { reaction: { ...what, action: emoji === undefined ? 'unreact' : 'react', mid } };
  platform.announcer.ofPerson(person, { field: 'message_reactions', content });
}

/** A person takes a message of their own back: its content is gone, its place stays. */
export function unsend(platform: Platform, person: Person, mid: string): void {
  const message = messageAt(platform, person, mid);
  if (message.from !== 'person') throw new Refusal(409, 'only own messages can be unsent');
  message.unsentAt = Date.now();
  platform.threads.keep(message);
  platform.announcer.ofPerson(person, { field: 'messages', content: { message: { mid, is_deleted: true } } });
}

/** A person comes in over a link or an ad. */
export function refer(platform: Platform, person: Person, { ref, source, adId }: Referral): void {
  noteAction(platform, person);
  if (source === 'ADS') person.adWindowUntil = platform.clock.now() + EXTENDED_WINDOW_MS;
  const referral = {
    ...(ref === undefined ? {} : { ref }),
    source,
    type: 'OPEN_THREAD',
    ...(adId === undefined ? {} : { ad_id: adId }),
  };
  platform.announcer.ofPerson(person, { field: 'messaging_referrals', content: { referral } });
}

/** A person ticks the box on a web page that lets the page write to them. */
export function optIn(platform: Platform, person: Person, ref: string): void {
  noteAction(platform, person);
  platform.announcer.ofPerson(person, { field: 'messaging_optins', content: { optin: { ref } } });
}

/** A message of a person's thread. Throws a 404 refusal when there is none. */
export function messageAt(platform: Platform, person: Person, mid: string): Message {
  const message = platform.threads.get(mid);
  if (message === undefined || message.psid !== person.psid) throw new Refusal(404, `no message ${mid}`);
  return message;
}
