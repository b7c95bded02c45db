import { signal } from '@preact/signals';

/** What is written but not sent, by person. */
export const drafts = signal<Readonly<Record<string, string>>>({});

/** Puts words into somebody's message field and goes there. */
export function draftFor(psid: string, text: string): void {
  drafts.value = { ...drafts.value, [psid]: text };
  document.getElementById(fieldId(psid))?.focus();
}

/** The id of somebody's message field. */
export function fieldId(psid: string): string {
  return `message-${psid}`;
}
