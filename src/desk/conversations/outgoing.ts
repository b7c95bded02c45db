import { signal } from '@preact/signals';
import type { ThreadMessage } from '../../api/contract/thread';
import { calls } from '../server/calls';
import { NotDone } from '../server/request';
import { refusalWords } from '../words/refusals';
import { lift, putBack, save } from './drafts';
import { say, warn } from '../state/notices';
import { detail, refreshOpen } from './open';

/** A text on its way to the server, or stuck on it. */
export interface Outgoing {
  actionId: string;
  conversationId: string;
  kind: 'reply' | 'note';
  text: string;
  /** Last message of the thread when it was pressed: it comes after that one. */
  after: number;
  /** What stands in its way; absent while it is on its way. */
  trouble?: { words: string; uncertain: boolean };
}

export const outgoing = signal<readonly Outgoing[]>([]);

/** Messages of the thread that are being sent again, by id. */
export const retrying = signal<ReadonlyMap<string, string>>(new Map());

/** Sends what is typed. One press is one message, however often its sending is tried. */
export function send(conversationId: string, kind: Outgoing['kind'], text: string): void {
  const after = detail.value?.thread.at(-1)?.sequence ?? 0;
  const message: Outgoing = { actionId: crypto.randomUUID(), conversationId, kind, text, after };
  outgoing.value = [...outgoing.value, message];
  lift(conversationId);
  void attempt(message);
}

/** Tries again under the same id: if it did arrive, nothing happens twice. */
export function tryAgain(message: Outgoing): void {
  const { trouble: _trouble, ...again } = message;
  replace(message.actionId, again);
  void attempt(again);
}

/** Gives up on sending and puts the text back into the composer. */
export function takeBack({ actionId, conversationId, text }: Outgoing): void {
  replace(actionId);
  putBack(conversationId, text);
}

async function attempt(message: Outgoing): Promise<void> {
  const { actionId, conversationId, kind, text } = message;
  try {
    await calls.act(conversationId, kind, { actionId, text });
    void save(conversationId);
    await refreshOpen();
    replace(actionId);
    if (kind === 'note') say('Note added.');
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    if (error.mayPass) {
      const words = error.isUncertain ? 'no answer came' : error.problem.detail;
      replace(actionId, { ...message, trouble: { words, uncertain: error.isUncertain } });
      return;
    }
    takeBack(message);
    warn(error, `${refusalWords(error.problem)} Your text is back in the composer.`);
    void refreshOpen();
  }
}

function replace(actionId: string, by?: Outgoing): void {
  outgoing.value = outgoing.value.flatMap((one) => (one.actionId === actionId ? (by ? [by] : []) : [one]));
}

/** Sends a message of the thread again that failed or stands as not confirmed. */
export async function retry(conversationId: string, message: ThreadMessage, text: string): Promise<void> {
  if (retrying.value.has(message.id)) return;
  const actionId = crypto.randomUUID();
  retrying.value = new Map([...retrying.value, [message.id, actionId]]);
  try {
    await calls.act(conversationId, 'reply', { actionId, text, retryOf: message.id });
  } catch (error) {
    warn(error, error instanceof NotDone ? refusalWords(error.problem) : undefined);
  } finally {
    await refreshOpen();
    retrying.value = new Map([...retrying.value].filter(([id]) => id !== message.id));
  }
}
