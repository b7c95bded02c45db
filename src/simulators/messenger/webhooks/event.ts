import type { JsonObject, Message } from '../people/message';

/** The subscription fields the simulator sends events for. */
export const EVENT_FIELDS = [
  'messages',
  'message_echoes',
  'message_deliveries',
  'message_reads',
  'message_reactions',
  'messaging_postbacks',
  'messaging_account_linking',
  'messaging_handovers',
  'messaging_referrals',
  'messaging_optins',
  'standby',
] as const;

/** Name of a subscription field. */
export type EventField = (typeof EVENT_FIELDS)[number];

/** One event that waits until the application has acknowledged it. */
export interface PendingEvent {
  /** Sequence number, padded, so that ids sort in the order of the events. */
  readonly id: string;
  readonly psid: string;
  readonly field: EventField;
  /** Owners of a thread get `messaging`, bystanders `standby`. */
  readonly channel: 'messaging' | 'standby';
  readonly event: JsonObject;
  /** The message of the thread that the event tells of. */
  readonly mid?: string;
}

/** An event before it is queued. */
export type NewEvent = Pick<PendingEvent, 'field' | 'mid'> & { readonly content: JsonObject };

/** The content of a person's message. */
export function messageContent(message: Message, quickReplyPayload?: string): JsonObject {
  const { mid, text, attachment } = message;
  return {
    message: {
      mid,
      ...(text === undefined ? {} : { text }),
      ...(quickReplyPayload === undefined ? {} : { quick_reply: { payload: quickReplyPayload } }),
      ...(attachment === undefined
        ? {}
        : { attachments: [{ type: attachment.type, payload: { url: attachment.url } }] }),
    },
  };
}

/** The content of the echo of a page's message. App ids are numbers here, although they are strings elsewhere. */
export function echoContent(message: Message): JsonObject {
  const { mid, text, metadata, appId } = message;
  return {
    message: {
      mid,
      is_echo: true,
      ...(text === undefined ? {} : { text }),
      ...(appId === undefined ? {} : { app_id: Number(appId) }),
      ...(metadata === undefined ? {} : { metadata }),
      ...attachmentsOf(message),
    },
  };
}

function attachmentsOf({ template, attachment }: Message): JsonObject {
  if (template !== undefined) return { attachments: [{ type: 'template', payload: template }] };
  if (attachment === undefined) return {};
  const payload = attachment.url === undefined ? {} : { url: attachment.url };
  return { attachments: [{ type: attachment.type, payload }] };
}
