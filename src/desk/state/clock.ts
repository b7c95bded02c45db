import { computed, signal } from '@preact/signals';

/** The time of this second, in milliseconds since the epoch: what timers on the page count from. */
export const now = signal(Date.now());

const SECOND_MS = 1_000;

setInterval(() => {
  now.value = Date.now();
}, SECOND_MS);

/** The start of this day: for what is shown differently tomorrow and need not be drawn anew every second. */
export const today = computed(() => new Date(now.value).setHours(0, 0, 0, 0));
