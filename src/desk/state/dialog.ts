import { signal } from '@preact/signals';

/** Which dialog is open over the desk, if any. */
export const dialog = signal<'resolve' | 'transfer' | 'snooze' | 'shortcuts' | undefined>(undefined);

export function closeDialog(): void {
  dialog.value = undefined;
}
