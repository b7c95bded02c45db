import { signal } from '@preact/signals';

/** The time of this second, in milliseconds since the epoch: what timers on the page count from. */
export const now = signal(Date.now());

const SECOND_MS = 1_000;

setInterval(() => {
  now.value = Date.now();
}, SECOND_MS);
