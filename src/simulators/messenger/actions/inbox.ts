import { ownerOf, PAGE_INBOX_APP_ID } from '../graph/rules/thread-owner';
import type { Message } from '../people/message';
import type { Person } from '../people/person';
import type { Platform } from '../platform';
import { echoContent } from '../webhooks/event';

/**
 * Somebody on the page's staff answers in the Page Inbox: that takes control of the thread, and the application hears
 * the reply as a bystander, by an echo with the inbox's app id.
 */
export function replyFromInbox(platform: Platform, person: Person, text: string): Message {
  const { clock, people, identity, announcer, threads } = platform;
  const now = clock.now();
  const previous = ownerOf(person, now);
  if (previous !== PAGE_INBOX_APP_ID) {
    const content = {
      take_thread_control: { previous_owner_app_id: previous, new_owner_app_id: PAGE_INBOX_APP_ID, metadata: '' },
    };
    if (previous === identity.appId) announcer.ofPerson(person, { field: 'messaging_handovers', content });
  }
  person.control = { ownerAppId: PAGE_INBOX_APP_ID, lastActivityAt: now };
  people.keep(person);
  const message = threads.append({ psid: person.psid, from: 'page', text, appId: PAGE_INBOX_APP_ID });
  announcer.ofPage(person, { field: 'message_echoes', mid: message.mid, content: echoContent(message) }, message.at);
  platform.receipts.expect(person.psid);
  return message;
}

/** The staff is done: the thread goes back to the page's default app, which is told. */
export function handBackFromInbox(platform: Platform, person: Person): void {
  const { clock, people, identity, announcer } = platform;
  const content = {
    pass_thread_control: {
      previous_owner_app_id: ownerOf(person, clock.now()),
      new_owner_app_id: identity.appId,
      metadata: '',
    },
  };
  person.control = { ownerAppId: identity.appId, lastActivityAt: clock.now() };
  people.keep(person);
  announcer.ofPerson(person, { field: 'messaging_handovers', content });
}
