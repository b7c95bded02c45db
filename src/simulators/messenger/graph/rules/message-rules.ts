import type { JsonObject } from '../../people/message';
import { GraphError, invalid, required, tooFew, tooLong, tooMany } from '../errors';
import { asList, asObject, asText, isWebAddress, lengthOf, requiredText } from './fields';
import { METADATA_LIMIT, PAYLOAD_LIMIT, QUICK_REPLIES, QUICK_REPLY_TITLE, TEXT_LIMIT } from './limits';
import { checkTemplate } from './template-rules';

/** Kinds of attachment the Send API takes besides templates. */
const MEDIA = new Set(['image', 'audio', 'video', 'file']);
/** Kinds of quick reply that need no title: the phone fills them in. */
const FILLED_IN_BY_PHONE = new Set(['user_email', 'user_phone_number']);

/** A message the platform would accept, taken apart. */
export interface CheckedMessage {
  readonly text?: string;
  readonly media?: {
    readonly type: string;
    readonly url?: string;
    readonly attachmentId?: string;
    readonly reusable: boolean;
  };
  readonly template?: JsonObject;
  readonly quickReplies: JsonObject[];
  readonly metadata?: string;
}

/**
 * Checks the `message` of a send, with the errors the platform gives.
 * @throws GraphError the platform's refusal
 */
export function checkMessage(message: JsonObject): CheckedMessage {
  const text = asText(message['text'], 'message[text]');
  const attachment = asObject(message['attachment'], 'message[attachment]');
  if (!text && attachment === undefined) {
    throw invalid('Message cannot be empty, must provide valid attachment or text', 2018034);
  }
  if (text !== undefined && lengthOf(text) > TEXT_LIMIT) throw tooLong('message[text]', TEXT_LIMIT);
  const metadata = asText(message['metadata'], 'message[metadata]');
  if (metadata !== undefined && lengthOf(metadata) > METADATA_LIMIT) throw tooLong('message[metadata]', METADATA_LIMIT);
  return {
    ...(text ? { text } : {}),
    ...(attachment === undefined ? {} : checkAttachment(attachment)),
    quickReplies: checkQuickReplies(asList(message['quick_replies'], 'message[quick_replies]')),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/**
 * Checks an attachment, of a message or of an upload.
 * @throws GraphError the platform's refusal
 */
export function checkAttachment(attachment: JsonObject): Pick<CheckedMessage, 'media' | 'template'> {
  const type = asText(attachment['type'], 'message[attachment][type]');
  if (type === undefined) throw required('message[attachment][type]');
  const payload = asObject(attachment['payload'], 'message[attachment][payload]');
  if (payload === undefined) throw required('message[attachment][payload]');
  if (type === 'template') {
    checkTemplate(payload);
    return { template: payload };
  }
  if (!MEDIA.has(type))
    throw invalid('Param message[attachment][type] must be one of {image, audio, video, file, template}');
  const url = asText(payload['url'], 'message[attachment][payload][url]');
  const attachmentId = asText(payload['attachment_id'], 'message[attachment][payload][attachment_id]');
  if (url === undefined && attachmentId === undefined) throw required('message[attachment][payload][url]');
  if (url !== undefined && !isWebAddress(url)) {
    throw invalid('message[attachment][payload][url] should represent a valid URL');
  }
  const where = url === undefined ? { attachmentId: attachmentId ?? '' } : { url };
  return { media: { type, ...where, reusable: String(payload['is_reusable']) === 'true' } };
}

function checkQuickReplies(list: unknown[] | undefined): JsonObject[] {
  if (list === undefined) return [];
  if (list.length === 0) throw tooFew('message[quick_replies]');
  if (list.length > QUICK_REPLIES) throw tooMany('message[quick_replies]');
  return list.map((raw, index) => checkQuickReply(raw, `message[quick_replies][${index}]`));
}

function checkQuickReply(raw: unknown, at: string): JsonObject {
  const reply = asObject(raw, at) ?? {};
  const type = asText(reply['content_type'], `${at}[content_type]`);
  if (type === undefined) throw required(`${at}[content_type]`);
  if (FILLED_IN_BY_PHONE.has(type)) return reply;
  if (type !== 'text') throw invalid(`Param ${at}[content_type] must be one of {text, user_email, user_phone_number}`);
  if (!asText(reply['title'], `${at}[title]`))
    throw invalid('Title is required for this quick reply content type', 2018098);
  if (!asText(reply['payload'], `${at}[payload]`))
    throw invalid('Payload is required for this quick reply content type', 2018099);
  limitOf(reply['title'], QUICK_REPLY_TITLE, `${at}[title]`);
  limitOf(reply['payload'], PAYLOAD_LIMIT, `${at}[payload]`);
  return reply;
}

function limitOf(value: unknown, limit: number, parameter: string): void {
  if (lengthOf(requiredText(value, parameter)) > limit) throw tooLong(parameter, limit);
}

/** What a send asks for: exactly one of a message and a sender action. */
export function messageOrAction(params: JsonObject): { message: JsonObject } | { action: string } {
  const message = asObject(params['message'], 'message');
  const action = asText(params['sender_action'], 'sender_action');
  if (message !== undefined && action === undefined) return { message };
  if (message === undefined && action) return { action };
  throw new GraphError(100, '(#100) Must send either message or state', 2018015);
}
