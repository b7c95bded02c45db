import type { PersonAct } from '../../../domain/chat/events';

/** What one item turned out to be, before it is known whom it concerns. */
export type Reading =
  | {
      kind: 'act';
      act: PersonAct;
      /** Messenger's id of the message, where the act is a message. */
      messageId?: string;
      /** Unique for this event; absent where Messenger gives nothing unique. */
      key?: string;
    }
  | { kind: 'receipt'; stage: 'delivered' | 'read'; messageIds: string[]; watermark?: number }
  | { kind: 'echo'; messageId: string; metadata?: string; appId?: string; text?: string }
  /** `why` is appended to the kind's name where it says more than the kind does. */
  | { kind: 'ignored'; why?: string };

/** An item that has the name of its kind and not the content. */
export const MALFORMED: Reading = { kind: 'ignored', why: 'malformed' };

/** An act without an id of its own. */
export function act(of: PersonAct): Reading {
  return { kind: 'act', act: of };
}

/** `{name: value}`, or nothing where there is no value: optional fields are absent, never undefined. */
export function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: V });
}
