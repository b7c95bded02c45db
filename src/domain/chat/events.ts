/** Where an event came in: our page, and who it is about. */
export interface EventSource {
  /** Our page's id on the channel. */
  page: string;
  /** The person's address on the channel. Personal data: encrypted wherever it is kept. */
  address: string;
}

/** A file, place or link in a message. We keep its type; its address is fetched by nobody. */
export interface Attachment {
  type: string;
  url?: string;
}

/** What led a person here: a link, a code, an advertisement. An advertisement opens the longer window. */
export interface Referral {
  source: string;
  ref?: string;
  fromAd: boolean;
}

/** What a person did, in words no channel owns. Every variant a workflow decides on. */
export type PersonAct =
  | { kind: 'text'; text: string; attachments: Attachment[]; replyTo?: string; referral?: Referral }
  | { kind: 'attachments'; attachments: Attachment[]; referral?: Referral }
  /** A tap on a button, quick reply or menu item; `payload` is what we put behind it. */
  | { kind: 'tap'; payload: string; title: string; referral?: Referral }
  | { kind: 'reaction'; on: string; emoji?: string; removed: boolean }
  | { kind: 'edit'; of: string; text: string }
  | { kind: 'unsend'; of: string }
  | ({ kind: 'referral' } & Referral)
  | { kind: 'opt-in'; ref?: string }
  | { kind: 'linked'; code: string }
  | { kind: 'unlinked' }
  /** Another application or the page's own inbox takes, gives back or asks for the thread. */
  | { kind: 'thread-control'; change: 'given-to-us' | 'taken-from-us' | 'requested'; by?: string };

/** One event that a conversation must decide on. */
export interface PersonEvent {
  /** Unique per event, the same for every redelivery of it. */
  key: string;
  /** The channel's id of the message, where it is one. */
  messageId?: string;
  source: EventSource;
  /** When the person did it, in milliseconds since the epoch, by the channel's clock. */
  at: number;
  act: PersonAct;
}

/** Proof that a message of ours arrived at a stage. Rows, never decisions. */
export type Receipt =
  | { kind: 'delivered' | 'read'; source: EventSource; messageIds: string[]; watermark: number; at: number }
  /** The channel's copy of a message sent by us or, with another `appId`, by the page's own inbox. */
  | {
      kind: 'echo';
      source: EventSource;
      messageId: string;
      metadata?: string;
      appId?: string;
      text?: string;
      at: number;
    };

/** What one webhook body holds, item by item and in order. */
export type Incoming =
  | { kind: 'event'; event: PersonEvent }
  | { kind: 'receipt'; receipt: Receipt }
  /** While another application has the thread: shown on the desk, answered by nobody here. */
  | { kind: 'standby'; event: PersonEvent }
  /** Acknowledged and counted under its name; nothing else is done with it. */
  | { kind: 'ignored'; name: string };
