import { createHash } from 'node:crypto';
import type { Fields } from '../fields';
import { field, idOf, objectOf, textOf, timeOf } from '../fields';
import type { Reading } from './readings';
import { MALFORMED, act, optional } from './readings';
import { readMessage, readPostback, referralOf } from './message';

/** What a reader may need beyond the content of its item. */
export interface Surroundings {
  byPage: boolean;
  appId: string | undefined;
  /** Milliseconds; only to tell times from nonsense. */
  now: number;
}

type Reader = (content: Fields, around: Surroundings) => Reading;

const LONGEST_EMOJI = 64;
const LONGEST_REFERENCE = 2_000;
const MOST_RECEIPTS = 1_000;

/** Every kind of item that something is done with, by the name of the field that holds its content. */
export const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['message', (message, { byPage }) => readMessage(message, byPage)],
  ['postback', readPostback],
  ['message_edit', readEdit],
  ['reaction', readReaction],
  ['delivery', (delivery, { now }) => readReceipt('delivered', delivery, now)],
  ['read', (read, { now }) => readReceipt('read', read, now)],
  ['account_linking', readLinking],
  ['pass_thread_control', readControl],
  ['take_thread_control', readTaking],
  ['request_thread_control', readRequest],
  ['optin', readOptIn],
  ['referral', readReferral],
]);

/** Kinds whose acts by the page itself are echoes; an act of any other kind by the page is nobody's event. */
export const ECHOED: ReadonlySet<string> = new Set(['message']);

function readEdit(edit: Fields): Reading {
  const of = idOf(field(edit, 'mid'));
  const text = textOf(field(edit, 'text'));
  if (of === undefined || text === undefined) return MALFORMED;
  // The number of the edit is the same in every redelivery; without it the new text has to tell edits apart.
  const edition = idOf(field(edit, 'num_edit')) ?? createHash('sha256').update(text).digest('base64url');
  return { kind: 'act', act: { kind: 'edit', of, text }, messageId: of, key: `${of}:edit:${edition}` };
}

function readReaction(reaction: Fields): Reading {
  const on = idOf(field(reaction, 'mid'));
  const action = field(reaction, 'action');
  if (on === undefined || (action !== 'react' && action !== 'unreact')) return MALFORMED;
  const emoji = textOf(field(reaction, 'emoji'), LONGEST_EMOJI) ?? textOf(field(reaction, 'reaction'), LONGEST_EMOJI);
  return act({ kind: 'reaction', on, ...optional('emoji', emoji), removed: action === 'unreact' });
}

function readReceipt(stage: 'delivered' | 'read', receipt: Fields, now: number): Reading {
  const mids = field(receipt, 'mids');
  const listed = Array.isArray(mids) ? mids.slice(0, MOST_RECEIPTS).map(idOf) : [];
  const messageIds = listed.filter((mid) => mid !== undefined);
  const watermark = timeOf(field(receipt, 'watermark'), now);
  if (messageIds.length === 0 && watermark === undefined) return MALFORMED;
  return { kind: 'receipt', stage, messageIds, ...optional('watermark', watermark) };
}

function readLinking(linking: Fields): Reading {
  const status = field(linking, 'status');
  if (status === 'unlinked') return act({ kind: 'unlinked' });
  const code = idOf(field(linking, 'authorization_code'));
  return status === 'linked' && code !== undefined ? act({ kind: 'linked', code }) : MALFORMED;
}

/** Control is passed to us, unless the item names another application as the new owner. */
function readControl(control: Fields, { appId }: Surroundings): Reading {
  const next = idOf(field(control, 'new_owner_app_id'));
  if (isOther(next, appId)) return controlTaken(next);
  const by = idOf(field(control, 'previous_owner_app_id'));
  return act({ kind: 'thread-control', change: 'given-to-us', ...optional('by', by) });
}

/** Control is taken from us, unless the item names us as the new owner. */
function readTaking(control: Fields, { appId }: Surroundings): Reading {
  const next = idOf(field(control, 'new_owner_app_id'));
  if (next === undefined || next !== appId) return controlTaken(next);
  const by = idOf(field(control, 'previous_owner_app_id'));
  return act({ kind: 'thread-control', change: 'given-to-us', ...optional('by', by) });
}

function readRequest(control: Fields): Reading {
  const by = idOf(field(control, 'requested_owner_app_id'));
  return act({ kind: 'thread-control', change: 'requested', ...optional('by', by) });
}

function controlTaken(by: string | undefined): Reading {
  return act({ kind: 'thread-control', change: 'taken-from-us', ...optional('by', by) });
}

function isOther(owner: string | undefined, appId: string | undefined): boolean {
  return owner !== undefined && appId !== undefined && owner !== appId;
}

/** A plugin's opt-in names its place in `ref`; a request to be notified names it in `payload`. */
function readOptIn(optin: Fields): Reading {
  const ref = textOf(field(optin, 'ref'), LONGEST_REFERENCE) ?? textOf(field(optin, 'payload'), LONGEST_REFERENCE);
  return act({ kind: 'opt-in', ...optional('ref', ref) });
}

function readReferral(content: Fields): Reading {
  const referral = referralOf(content);
  return referral ? act({ kind: 'referral', ...referral }) : MALFORMED;
}

/** What `policy_enforcement` says happened to the page, for the name it is counted under. */
export function enforcementOf(item: Fields): string | undefined {
  const enforcement = objectOf(field(item, 'policy_enforcement') ?? field(item, 'policy-enforcement'));
  const action = enforcement && field(enforcement, 'action');
  return action === 'warning' || action === 'block' || action === 'unblock' ? action : undefined;
}
