import type { LimitedPayer } from '../../src/domain/money/limits';
import type { Link } from '../../src/store';

/** Whoever has this link, and last changed what pays at that moment, as the limits judge them. */
export function limitedPayer({ country, verified, linkedAt }: Link, sourceChangedAt: Date | undefined): LimitedPayer {
  const sourceSince = Math.max(linkedAt.getTime(), sourceChangedAt?.getTime() ?? 0);
  return { country, verification: verified ? 'verified' : 'unverified', sourceSince };
}
