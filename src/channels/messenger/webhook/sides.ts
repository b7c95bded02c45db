import type { Fields } from '../fields';
import { field, idOf, objectOf } from '../fields';

/** Our page on Messenger and the application that serves it; helps where a body leaves sides or owners open. */
export interface Ours {
  pageId?: string;
  appId?: string;
}

/** Who an item is about, and whether the page itself did it. */
export interface Sides {
  page?: string;
  person?: string;
  byPage: boolean;
}

/**
 * Tells page and person apart. The entry names the page; only samples leave it out or write `0`. An echo names the page
 * as its sender (older texts and some live bodies have the sides swapped); a person known only by a `user_ref` of a
 * plugin has no address that we could answer, so there is no person then.
 */
export function sidesOf(item: Fields, entryId: string | undefined, isEcho: boolean, ours: Ours): Sides {
  const sender = partyOf(item, 'sender');
  const recipient = partyOf(item, 'recipient');
  const named = entryId === '0' ? undefined : entryId;
  const page = named ?? [sender, recipient].find((id) => id !== undefined && id === ours.pageId);
  const fromPage = page !== undefined && sender === page && recipient !== undefined && recipient !== page;
  const toPage = page !== undefined && recipient === page && sender !== undefined && sender !== page;
  const byPage = fromPage || isEcho;
  const [us, person] = byPage && !toPage ? [sender, recipient] : [recipient, sender];
  const whose = page ?? us;
  return { byPage, ...(whose === undefined ? {} : { page: whose }), ...(person === undefined ? {} : { person }) };
}

function partyOf(item: Fields, side: 'sender' | 'recipient'): string | undefined {
  const party = objectOf(field(item, side));
  return party && idOf(field(party, 'id'));
}
