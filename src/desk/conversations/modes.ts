import { signal } from '@preact/signals';

/** To whom the composer writes: the customer, or colleagues. */
export type Mode = 'reply' | 'note';

/** The mode chosen for each conversation. */
export const modes = signal<Readonly<Record<string, Mode>>>({});

export function setMode(conversationId: string, mode: Mode): void {
  modes.value = { ...modes.value, [conversationId]: mode };
}
