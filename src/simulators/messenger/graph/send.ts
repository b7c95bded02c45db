import { buttonsOfTemplate, toQuickReply } from '../people/buttons';
import type { Attachment, JsonObject, Message } from '../people/message';
import type { Person } from '../people/person';
import type { NewMessage } from '../people/threads';
import type { Platform } from '../platform';
import { echoContent } from '../webhooks/event';
import { errorOfCode, invalid, required } from './errors';
import { asObject, asText } from './rules/fields';
import { checkMessage, messageOrAction } from './rules/message-rules';
import type { CheckedMessage } from './rules/message-rules';
import type { Persona } from '../page/page-objects';
import { takeForSending } from './rules/thread-owner';
import { checkPolicy, checkWindow, isOpen } from './rules/window';

const NOTIFICATION_TYPES = new Set(['REGULAR', 'SILENT_PUSH', 'NO_PUSH']);

/**
 * `POST /{page}/messages`: sends a message, or shows an action such as typing. There is no idempotency key: the same
 * call again is a second message.
 * @throws GraphError the platform's refusal
 */
export function send(platform: Platform, params: JsonObject): JsonObject {
  const { people, clock, usage } = platform;
  const policy = {
    messagingType: asText(params['messaging_type'], 'messaging_type'),
    tag: asText(params['tag'], 'tag'),
  };
  const wanted = messageOrAction(params);
  const person = recipientOf(platform, params);
  const persona = personaOf(platform, params);
  checkPolicy(policy);
  checkNotificationType(params);
  usage.checkDay(engagedPeople(platform), clock.now());
  if ('action' in wanted) return act(platform, person, persona, wanted.action, params);

  const message = checkMessage(wanted.message);
  checkWindow(person, policy, clock.now());
  takeForSending(person, platform.identity.appId, clock.now());
  usage.countSend(isRecording(message) ? 'media' : 'text', Date.now());
  people.keep(person);
  platform.typing.stop(person.psid);
  const media = message.media === undefined ? undefined : attachmentOf(platform, message.media);
  const sent = platform.threads.append({
    ...contentOf(message, person),
    ...(media === undefined ? {} : { attachment: media.attachment }),
    psid: person.psid,
    from: 'page',
    appId: platform.identity.appId,
    ...(persona === undefined ? {} : { persona: { id: persona.id, name: persona.name } }),
    ...(policy.tag === undefined ? {} : { tag: policy.tag }),
  });
  platform.announcer.ofPage(person, { field: 'message_echoes', mid: sent.mid, content: echoContent(sent) }, sent.at);
  platform.receipts.expect(person.psid);
  return {
    recipient_id: person.psid,
    message_id: sent.mid,
    ...(media?.uploadId === undefined ? {} : { attachment_id: media.uploadId }),
  };
}

/** People who can be messaged now: what a page's allowance of calls follows. */
export function engagedPeople({ people, clock }: Platform): number {
  const now = clock.now();
  return people.count((person) => isOpen(person, now));
}

function recipientOf({ people }: Platform, params: JsonObject): Person {
  const recipient = asObject(params['recipient'], 'recipient');
  if (recipient === undefined) throw required('recipient');
  const id = asText(recipient['id'], 'recipient[id]');
  if (id === undefined) throw required('recipient[id]');
  const person = people.get(id);
  if (person === undefined) throw errorOfCode(100, 2018001);
  return person;
}

function personaOf({ page }: Platform, params: JsonObject): Persona | undefined {
  const id = asText(params['persona_id'], 'persona_id');
  if (id === undefined) return undefined;
  const persona = page.personas.get(id);
  if (persona === undefined) throw invalid('Invalid persona_id');
  return persona;
}

function checkNotificationType(params: JsonObject): void {
  const type = asText(params['notification_type'], 'notification_type');
  if (type !== undefined && !NOTIFICATION_TYPES.has(type)) {
    throw invalid('Param notification_type must be one of {REGULAR, SILENT_PUSH, NO_PUSH}');
  }
}

function contentOf(
  message: CheckedMessage,
  person: Person,
): Pick<NewMessage, 'text' | 'template' | 'buttons' | 'quickReplies' | 'metadata'> {
  const { text, template, quickReplies, metadata } = message;
  return {
    ...(text === undefined ? {} : { text }),
    ...(template === undefined ? {} : { template, buttons: buttonsOfTemplate(template) }),
    ...(quickReplies.length === 0
      ? {}
      : { quickReplies: quickReplies.map((reply) => toQuickReply(reply, person.name)) }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function isRecording({ media }: CheckedMessage): boolean {
  return media?.type === 'audio' || media?.type === 'video';
}

/** The attachment of a message, and the id it can be sent again by when that was asked for. */
export function attachmentOf(
  { page }: Platform,
  media: NonNullable<CheckedMessage['media']>,
): { attachment: Attachment; uploadId?: string } {
  if (media.attachmentId !== undefined) {
    const upload = page.uploads.get(media.attachmentId);
    if (upload === undefined) throw errorOfCode(100);
    return { attachment: { type: upload.type, url: upload.url, attachmentId: upload.id } };
  }
  const attachment = { type: media.type, url: media.url ?? '' };
  if (!media.reusable) return { attachment };
  return { attachment, uploadId: page.addUpload(attachment).id };
}

function act(
  platform: Platform,
  person: Person,
  persona: Persona | undefined,
  action: string,
  params: JsonObject,
): JsonObject {
  switch (action) {
    case 'typing_on':
      checkWindow(person, { messagingType: undefined, tag: undefined }, platform.clock.now());
      takeForSending(person, platform.identity.appId, platform.clock.now());
      platform.typing.start(person.psid, persona?.name);
      break;
    case 'typing_off':
      platform.typing.stop(person.psid);
      break;
    case 'mark_seen':
      markSeen(platform, person);
      break;
    case 'react':
    case 'unreact':
      react(platform, person, action, asObject(params['payload'], 'payload'));
      break;
    default:
      throw invalid('Param sender_action must be one of {mark_seen, typing_on, typing_off, react, unreact}');
  }
  return { recipient_id: person.psid };
}

function markSeen({ threads }: Platform, person: Person): void {
  const now = Date.now();
  for (const message of threads.of(person.psid)) {
    if (message.from !== 'person' || message.readAt !== undefined) continue;
    message.readAt = now;
    threads.keep(message);
  }
}

function react({ threads }: Platform, person: Person, action: string, payload: JsonObject | undefined): void {
  const mid = asText(payload?.['message_id'], 'payload[message_id]');
  const message: Message | undefined = mid === undefined ? undefined : threads.get(mid);
  if (message === undefined || message.psid !== person.psid) throw errorOfCode(100);
  if (action === 'unreact') delete message.pageReaction;
  else message.pageReaction = asText(payload?.['reaction'], 'payload[reaction]') ?? '❤';
  threads.keep(message);
}
