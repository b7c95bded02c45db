import type { LimitedPayer } from '../../src/domain/money/limits';
import type { Link } from '../../src/store';

/** Whoever has this link, as the limits judge them. */
export function limitedPayer({ country, verified, linkedAt }: Link): LimitedPayer {
  return { country, verification: verified ? 'verified' : 'unverified', sourceSince: linkedAt.getTime() };
}
