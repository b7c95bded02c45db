import type { Attachment, PersonAct, Referral } from '../../../domain/chat/events';
import type { Fields } from '../fields';
import { addressOf, field, idOf, objectOf, textOf } from '../fields';
import type { Reading } from './readings';
import { MALFORMED, optional } from './readings';

/** More attachments than Messenger lets a person send at once. */
const MOST_ATTACHMENTS = 50;
const LONGEST_TYPE = 40;
/** Messenger's limit of a payload is 1000 characters; a longer one is none that we have put there. */
const LONGEST_PAYLOAD = 1000;
const LONGEST_TITLE = 200;
const LONGEST_REFERENCE = 2_000;

/** Reads `message`: a text, a tap on a quick reply, attachments, a message taken back, or an echo of the page's own. */
export function readMessage(message: Fields, byPage: boolean): Reading {
  const mid = idOf(field(message, 'mid'));
  if (mid === undefined) return MALFORMED;
  if (byPage || field(message, 'is_echo') === true) return echoOf(message, mid);
  if (field(message, 'is_deleted') === true) {
    return { kind: 'act', act: { kind: 'unsend', of: mid }, messageId: mid, key: `${mid}:unsend` };
  }
  const act = actOf(message);
  return act ? { kind: 'act', act, messageId: mid, key: mid } : { kind: 'ignored', why: 'empty' };
}

/** True when the item is the channel's copy of something the page sent. */
export function isEcho(item: Fields): boolean {
  const message = objectOf(field(item, 'message'));
  return message !== undefined && field(message, 'is_echo') === true;
}

/** Reads `postback`: a tap on a button or a menu item. Copies for standby, and apps that did not send it, lack `payload`. */
export function readPostback(postback: Fields): Reading {
  const mid = idOf(field(postback, 'mid'));
  const title = textOf(field(postback, 'title'), LONGEST_TITLE) ?? '';
  const act = tapOf(field(postback, 'payload'), title, referralOf(field(postback, 'referral')));
  return { kind: 'act', act, ...optional('messageId', mid), ...optional('key', mid) };
}

/** Reads a `referral`, of its own or beside a message; `undefined` if there is none. */
export function referralOf(value: unknown): Referral | undefined {
  const referral = objectOf(value);
  const source = referral && textOf(field(referral, 'source'), LONGEST_TYPE);
  if (!referral || !source) return undefined;
  const ref = textOf(field(referral, 'ref'), LONGEST_REFERENCE);
  return { source, ...optional('ref', ref), fromAd: source === 'ADS' || idOf(field(referral, 'ad_id')) !== undefined };
}

function actOf(message: Fields): PersonAct | undefined {
  const text = textOf(field(message, 'text')) ?? '';
  const referral = referralOf(field(message, 'referral'));
  const quickReply = objectOf(field(message, 'quick_reply'));
  if (quickReply && typeof field(quickReply, 'payload') === 'string') {
    const title = textOf(field(message, 'text'), LONGEST_TITLE) ?? '';
    return tapOf(field(quickReply, 'payload'), title, referral);
  }
  const attachments = attachmentsOf(message);
  if (text !== '') {
    const repliedTo = objectOf(field(message, 'reply_to'));
    const replyTo = repliedTo && idOf(field(repliedTo, 'mid'));
    return { kind: 'text', text, attachments, ...optional('replyTo', replyTo), ...optional('referral', referral) };
  }
  return attachments.length > 0 ? { kind: 'attachments', attachments, ...optional('referral', referral) } : undefined;
}

function tapOf(payload: unknown, title: string, referral: Referral | undefined): PersonAct {
  const ours = typeof payload === 'string' && payload.length <= LONGEST_PAYLOAD ? textOf(payload) : undefined;
  return { kind: 'tap', payload: ours ?? '', title, ...optional('referral', referral) };
}

function attachmentsOf(message: Fields): Attachment[] {
  const list = field(message, 'attachments');
  const attachments = Array.isArray(list) ? list.slice(0, MOST_ATTACHMENTS).flatMap(attachmentOf) : [];
  // Messenger withholds what it cannot pass on (polls, games); a rep should still see that there was something.
  const isWithheld = attachments.length === 0 && field(message, 'is_unsupported') === true;
  return isWithheld ? [{ type: 'unsupported' }] : attachments;
}

function attachmentOf(value: unknown): Attachment[] {
  const attachment = objectOf(value);
  const type = attachment && textOf(field(attachment, 'type'), LONGEST_TYPE);
  if (!attachment || !type) return [];
  const payload = objectOf(field(attachment, 'payload')) ?? {};
  const url =
    addressOf(field(payload, 'url')) ?? addressOf(field(attachment, 'url')) ?? addressOf(field(attachment, 'URL'));
  // Until August 2026 stickers came as images with an id of their own.
  const isSticker = type === 'image' && idOf(field(payload, 'sticker_id')) !== undefined;
  return [{ type: isSticker ? 'sticker' : type, ...optional('url', url) }];
}

function echoOf(message: Fields, mid: string): Reading {
  return {
    kind: 'echo',
    messageId: mid,
    ...optional('metadata', textOf(field(message, 'metadata'), LONGEST_REFERENCE)),
    ...optional('appId', idOf(field(message, 'app_id'))),
    ...optional('text', textOf(field(message, 'text'))),
  };
}
