const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long something has lasted, as a clock at first and in words later: `4:10`, `2 h 5 min`, `3 d`. */
export function age(ms: number): string {
  const whole = Math.max(ms, 0);
  if (whole < HOUR_MS) {
    const seconds = Math.floor((whole % MINUTE_MS) / 1_000);
    return `${Math.floor(whole / MINUTE_MS)}:${String(seconds).padStart(2, '0')}`;
  }
  if (whole < DAY_MS) return `${Math.floor(whole / HOUR_MS)} h ${Math.floor((whole % HOUR_MS) / MINUTE_MS)} min`;
  return `${Math.floor(whole / DAY_MS)} d`;
}

/** How much time is left, roughly: `21 h`, `12 min`, `3 d`. */
export function roughly(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)} d`;
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return `${Math.max(Math.ceil(ms / MINUTE_MS), 1)} min`;
}

const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayAndHour = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** The time of day; with the weekday unless it is today. */
export function timeOfDay(iso: string | number, today: number): string {
  const date = new Date(iso);
  return (date.toDateString() === new Date(today).toDateString() ? hour : dayAndHour).format(date);
}

/** Everything about a moment, for the tooltip. */
export function wholeTime(iso: string): string {
  return full.format(new Date(iso));
}
