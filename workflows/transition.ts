import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { OwnerKind } from '../src/domain/handoff/owner';
import { SEARCH_ATTRIBUTES } from './messages/search-attributes';

/** Whom a run waits for. */
export type WaitingOn = 'nobody' | 'rep' | 'customer' | 'provider' | 'operator';

/**
 * The one way to change what a run shows to operators: a sentence in the Web UI, free of charge, and the search
 * attributes, an Action each time, only where `waitingOn` or `owner` is given. The sentence is encrypted like every
 * payload; the attributes are not and hold none of it.
 */
export function transition(now: { details: string; waitingOn?: WaitingOn; owner?: OwnerKind }): void {
  setCurrentDetails(now.details);
  const changes = [
    ...(now.waitingOn ? [{ key: SEARCH_ATTRIBUTES.waitingOn, value: now.waitingOn }] : []),
    ...(now.owner ? [{ key: SEARCH_ATTRIBUTES.owner, value: now.owner }] : []),
  ];
  if (changes.length > 0) upsertSearchAttributes(changes);
}
