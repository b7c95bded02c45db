import type { Button, Message } from '../people/message';
import type { Person } from '../people/person';
import { userAgentOf } from '../people/user-agent';
import type { Platform } from '../platform';
import { Refusal } from './refusal';
import { messageAt, postBack, say } from './speaking';

/** What came of a tap: something was sent, or the phone's browser would open an address. */
export type TapOutcome = { readonly mid?: string } | { readonly url: string; readonly userAgent: string };

/** A tap on a message, by the words on it; `nth` tells equal words apart, from 0. */
export interface TapOnMessage {
  readonly mid: string;
  readonly title: string;
  readonly nth?: number | undefined;
}

/**
 * Taps a quick reply or a button of any message, however old. Throws a 404 refusal when nothing on the message has the
 * title, 409 for a log-in button on the web, where the platform has none.
 */
export function tapMessage(platform: Platform, person: Person, tap: TapOnMessage, ownUrl: string): TapOutcome {
  const message = messageAt(platform, person, tap.mid);
  const reply = message.quickReplies?.find(({ title }) => title === tap.title);
  if (reply !== undefined) return { mid: say(platform, person, { text: reply.title }, reply.payload).mid };
  return press(platform, person, buttonOf(message, tap), ownUrl);
}

/** Taps an item of the persistent menu. Throws a 404 refusal when the menu has none with the title. */
export function tapMenu(platform: Platform, person: Person, title: string, ownUrl: string): TapOutcome {
  const item = platform.page.menuFor(person.locale).find((button) => button.title === title);
  if (item === undefined) throw new Refusal(404, `the persistent menu has no "${title}"`);
  return press(platform, person, item, ownUrl);
}

/** Taps Get Started. Throws a 409 refusal while the application has not set it up. */
export function tapGetStarted(platform: Platform, person: Person): TapOutcome {
  const payload = platform.page.getStarted;
  if (payload === undefined) throw new Refusal(409, 'Get Started is not set up');
  return { mid: postBack(platform, person, 'Get Started', payload).mid };
}

function buttonOf(message: Message, { title, nth = 0 }: TapOnMessage): Button {
  const button = (message.buttons ?? []).filter((candidate) => candidate.title === title)[nth];
  if (button === undefined) throw new Refusal(404, `nothing on message ${message.mid} is called "${title}"`);
  return button;
}

function press(platform: Platform, person: Person, button: Button, ownUrl: string): TapOutcome {
  switch (button.type) {
    case 'postback':
      return { mid: postBack(platform, person, button.title, button.payload ?? '').mid };
    case 'web_url':
      return opens(person, button.url ?? '');
    case 'phone_number':
      return opens(person, `tel:${button.payload ?? ''}`);
    case 'account_link':
      return logIn(platform, person, button.url ?? '', ownUrl);
    case 'account_unlink':
      platform.announcer.ofPerson(person, {
        field: 'messaging_account_linking',
        content: { account_linking: { status: 'unlinked' } },
      });
      return {};
    default:
      throw new Refusal(409, `a button of type ${button.type} does nothing here`);
  }
}

/** Account linking works in the apps for iOS and Android alone. */
function logIn(platform: Platform, person: Person, buttonUrl: string, ownUrl: string): TapOutcome {
  if (person.platform === 'web')
    throw new Refusal(409, 'Log-in buttons work in the apps for iOS and Android alone, not on the web.');
  const token = platform.linking.issue(person.psid);
  const callback = new URL('/messenger_platform/account_linking', ownUrl);
  callback.searchParams.set('account_linking_token', token);
  const url = new URL(buttonUrl);
  url.searchParams.set('account_linking_token', token);
  url.searchParams.set('redirect_uri', callback.href);
  return opens(person, url.href);
}

function opens(person: Person, url: string): TapOutcome {
  return { url, userAgent: userAgentOf(person.platform) };
}
