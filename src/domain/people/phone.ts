/** A country code and up to fifteen digits in all (ITU-T E.164), however people group them. */
const INTERNATIONAL = /^\+[1-9](?:[ .()-]{0,2}\d){6,14}$/;

/** Ten digits, with or without the 1 before; neither area nor exchange begins with 0 or 1 (North American Numbering Plan). */
const NORTH_AMERICAN = /^(?:1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?[2-9]\d{2}[ .-]?\d{4}$/;

/**
 * A phone number as people write it in the launch market, in E.164: `+14155552671` for "(415) 555-2671". `undefined` for
 * anything that is none.
 */
export function readPhone(written: string): string | undefined {
  const text = written.trim();
  const digits = text.replace(/\D/g, '');
  if (INTERNATIONAL.test(text)) return `+${digits}`;
  return NORTH_AMERICAN.test(text) ? `+1${digits.slice(-10)}` : undefined;
}
