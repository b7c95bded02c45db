/** A capability that is switched on market by market and platform by platform. */
export type Feature = 'p2p-payments';

/**
 * The decision about one feature for one person, taken before a workflow starts and kept in its input for its whole
 * life: replaying an old run must see the old answer, whatever the plan says today.
 */
export interface RolloutDecision {
  feature: Feature;
  on: boolean;
  /** The plan the answer came from, so that an operator can tell why. */
  planVersion: number;
  reason: 'segment' | 'not-rolled-out' | 'unknown-market';
}

/** Until plans exist everybody is in: the United States on iOS and the web, at 100 %. */
export const LAUNCH_DECISION: RolloutDecision = {
  feature: 'p2p-payments',
  on: true,
  planVersion: 1,
  reason: 'segment',
};
