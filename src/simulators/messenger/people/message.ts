/** A JSON object whose shape is the sender's business. */
export type JsonObject = Record<string, unknown>;

/** A button of a template, or an action of the persistent menu, as it can be tapped. */
export interface Button {
  readonly type: string;
  readonly title: string;
  readonly url?: string;
  readonly payload?: string;
}

/** A quick reply under a message: disappears on a real phone after a tap, stays tappable here. */
export interface QuickReply {
  readonly title: string;
  readonly payload: string;
  readonly imageUrl?: string;
}

/** A picture, recording or file in a message. */
export interface Attachment {
  readonly type: string;
  readonly url?: string;
  readonly attachmentId?: string;
}

/** One HTTP exchange, kept beside the message it belongs to. Times are ISO, real time. */
export interface Exchange {
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly requestBody: string;
  readonly status: number | null;
  readonly responseBody?: string;
  readonly tookMs?: number;
}

/** A message in a thread. Times in milliseconds of real time. */
export interface Message {
  readonly mid: string;
  readonly psid: string;
  /** Place in the thread: messages are shown, and counted, in this order. */
  readonly position: number;
  readonly from: 'person' | 'page';
  readonly text?: string;
  readonly attachment?: Attachment;
  /** A template's payload as it was sent. */
  readonly template?: JsonObject;
  readonly quickReplies?: QuickReply[];
  readonly buttons?: Button[];
  readonly persona?: { readonly id: string; readonly name: string };
  readonly tag?: string;
  readonly metadata?: string;
  readonly appId?: string;
  readonly at: number;
  deliveredAt?: number;
  readAt?: number;
  unsentAt?: number;
  /** Emoji the person, or the page, put on the message. */
  reaction?: string;
  pageReaction?: string;
  /** What happened on the wire for this message: the Send API call, the webhook deliveries. */
  wire: Exchange[];
}

/** A message as `GET /_sim/people/:psid/thread` shows it. */
export function threadView(message: Message): JsonObject {
  const { mid, from, at, deliveredAt, readAt } = message;
  const content = message.unsentAt === undefined ? contentOf(message) : { unsent: true };
  return {
    mid,
    from,
    ...content,
    at: iso(at),
    ...(deliveredAt === undefined ? {} : { deliveredAt: iso(deliveredAt) }),
    ...(readAt === undefined ? {} : { readAt: iso(readAt) }),
  };
}

function contentOf(message: Message): JsonObject {
  const { text, attachment, template, quickReplies, buttons, persona, tag, metadata, reaction, pageReaction } = message;
  const content: JsonObject = {
    text,
    attachment,
    template,
    quickReplies,
    buttons,
    persona,
    tag,
    metadata,
    reaction,
    pageReaction,
  };
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
