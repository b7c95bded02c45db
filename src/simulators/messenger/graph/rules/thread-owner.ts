import { STANDARD_WINDOW_MS } from './window';
import type { Person } from '../../people/person';
import { errorOfCode } from '../errors';

/** The Page Inbox, an app like any other as far as control of a thread goes. */
export const PAGE_INBOX_APP_ID = '263902037430900';

/** Control lapses when a thread has been quiet for as long as the messaging window lasts. */
const CONTROL_LASTS_MS = STANDARD_WINDOW_MS;

/** The app that controls a person's thread now, or null while it is idle. */
export function ownerOf(person: Person, now: number): string | null {
  return now - person.control.lastActivityAt < CONTROL_LASTS_MS ? person.control.ownerAppId : null;
}

/** When control lapses unless something is said, in milliseconds of the simulator's clock. */
export function controlExpires(person: Person): number {
  return person.control.lastActivityAt + CONTROL_LASTS_MS;
}

/**
 * A send by an app: it takes an idle thread, and is refused while another app controls it.
 * @throws GraphError code 10, subcode 2018300
 */
export function takeForSending(person: Person, appId: string, now: number): void {
  const owner = ownerOf(person, now);
  if (owner !== null && owner !== appId) throw errorOfCode(10, 2018300);
  person.control = { ownerAppId: appId, lastActivityAt: now };
}

/**
 * Whether the application hears of a thread as its owner (`messaging`) or as a bystander (`standby`). The application
 * is the page's default app, so an idle thread is its own.
 */
export function channelFor(person: Person, appId: string, now: number): 'messaging' | 'standby' {
  const owner = ownerOf(person, now);
  return owner === null || owner === appId ? 'messaging' : 'standby';
}
