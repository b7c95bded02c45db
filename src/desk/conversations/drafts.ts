import { effect, signal } from '@preact/signals';
import { calls } from '../server/calls';
import { NotDone, sessionLost } from '../server/request';

/** What is typed and not sent, by conversation. Lives here first and on the server soon after. */
export const drafts = signal<Readonly<Record<string, string>>>({});

/** Conversations whose draft the server does not have yet. */
export const unsaved = signal<ReadonlySet<string>>(new Set());

/** After the last key, long enough not to save every letter, short enough to lose next to nothing. */
const SAVE_AFTER_MS = 600;

const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Takes what was typed. */
export function type(conversationId: string, text: string): void {
  drafts.value = { ...drafts.value, [conversationId]: text };
  unsaved.value = new Set([...unsaved.value, conversationId]);
  clearTimeout(timers.get(conversationId));
  timers.set(
    conversationId,
    setTimeout(() => void save(conversationId), SAVE_AFTER_MS),
  );
}

/** Empties the composer while what was in it is on its way; the server forgets it when it has arrived. */
export function lift(conversationId: string): void {
  clearTimeout(timers.get(conversationId));
  drafts.value = { ...drafts.value, [conversationId]: '' };
}

/** Puts a text back that could not be sent, above what was typed since. */
export function putBack(conversationId: string, text: string): void {
  const since = drafts.value[conversationId] ?? '';
  type(conversationId, since === '' ? text : `${text}\n${since}`);
}

/** Keeps on the server what is typed now. What cannot be kept now is kept with the next key or session. */
export async function save(conversationId: string): Promise<void> {
  const text = drafts.value[conversationId] ?? '';
  try {
    await calls.keepDraft(conversationId, text);
    if (drafts.value[conversationId] !== text) return;
    unsaved.value = new Set([...unsaved.value].filter((id) => id !== conversationId));
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
  }
}

/** Reads the draft of a conversation that is opened for the first time. */
export async function loadDraft(conversationId: string): Promise<void> {
  if (drafts.value[conversationId] !== undefined) return;
  const { text } = await calls.draft(conversationId);
  if (drafts.value[conversationId] === undefined) drafts.value = { ...drafts.value, [conversationId]: text };
}

/** A session that comes back saves what was typed without one. */
effect(() => {
  if (!sessionLost.value) for (const id of unsaved.peek()) void save(id);
});

/** A page that is left, or goes into the background of a phone, may never come back. */
addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') for (const id of unsaved.peek()) void save(id);
});
