import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';

/**
 * What operators filter runs by. Search attributes are never encrypted, so none holds anything about a person or an
 * amount. Set at the start, and changed only when a run begins or ceases to wait on someone: each change is an Action.
 */
export const SEARCH_ATTRIBUTES = {
  /** `nobody`, `rep`, `customer`, `provider` or `operator`. */
  waitingOn: defineSearchAttributeKey('WaitingOn', SearchAttributeType.KEYWORD),
  /** `bot`, `queue`, `rep` or `none`. */
  owner: defineSearchAttributeKey('Owner', SearchAttributeType.KEYWORD),
  /** The market of the rollout decision. */
  market: defineSearchAttributeKey('Market', SearchAttributeType.KEYWORD),
  /** The feature that the run belongs to. */
  feature: defineSearchAttributeKey('Feature', SearchAttributeType.KEYWORD),
} as const;
