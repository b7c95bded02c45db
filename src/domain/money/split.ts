import type { Money } from './amounts';

/**
 * Divides a total into equal parts that add up to exactly the total. Minor units that do not divide evenly go one each to
 * the first parts, so nobody's part differs from another's by more than one unit (largest remainder, ties in order).
 * @throws RangeError when there is nobody, or less than one unit each.
 */
export function splitEqually(total: Money, parts: number): Money[] {
  if (!Number.isInteger(parts) || parts < 1) throw new RangeError('a total is split among at least one');
  const base = Math.floor(total.minor / parts);
  if (base < 1) throw new RangeError('less than one unit each');
  const remainder = total.minor - base * parts;
  return Array.from({ length: parts }, (_part, place) => ({
    minor: base + (place < remainder ? 1 : 0),
    currency: total.currency,
  }));
}
