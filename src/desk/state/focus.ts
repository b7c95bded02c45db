/** Ids of what the keyboard is sent to. */
export const COMPOSER = 'composer-text';
export const LIST_HEADING = 'list-heading';
export const THREAD = 'thread';

/** The id of a conversation's row in the list. */
export function rowOf(conversationId: string): string {
  return `row-${conversationId}`;
}

/** Moves the keyboard to the first of these that is there, once the page shows what has just changed. */
export function focusSoon(...ids: string[]): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const found = ids.map((id) => document.getElementById(id)).find((element) => element?.offsetParent !== null);
      found?.focus();
    }),
  );
}
