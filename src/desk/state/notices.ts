import { signal } from '@preact/signals';
import { NotDone } from '../server/request';

/** What was just done, announced politely; stays until the next. */
export const said = signal('');

/** What went wrong and needs to be known; stays until it is dismissed or something succeeds. */
export const alarm = signal('');

/** Tells what was done. */
export function say(words: string): void {
  said.value = words;
  alarm.value = '';
}

/** Tells what was not done. A lost session has its own dialog. */
export function warn(error: unknown, words?: string): void {
  if (error instanceof NotDone && error.status === 401) return;
  if (!(error instanceof NotDone)) throw error;
  said.value = '';
  alarm.value = words ?? error.problem.detail;
}
