/** Who answers the person at this moment. Exactly one of them does. */
export type OwnerKind = 'bot' | 'queue' | 'rep' | 'none';

/** A rep as colleagues and customers see one. */
export interface RepName {
  id: string;
  name: string;
}

/**
 * The owner of a conversation. `epoch` rises with every change of owner, so that a message written for an earlier owner
 * is recognised, and dropped, at the moment of sending.
 */
export interface Owner {
  kind: OwnerKind;
  rep?: RepName;
  /** When it became so, in milliseconds since the epoch. */
  since: number;
  epoch: number;
}

/** Why a conversation waits for a person. The desk explains each in words. */
export type HandoffReason =
  'asked-for-a-person' | 'password-not-solved' | 'payment-problem' | 'not-understood' | 'transferred';

/** The next owner, one epoch later. */
export function nextOwner(current: Owner, kind: OwnerKind, since: number, rep?: RepName): Owner {
  return { kind, since, epoch: current.epoch + 1, ...(rep ? { rep } : {}) };
}

/** The answers a rep's action can get instead of being done; each is a 409 at the desk. */
export const REFUSALS = ['not_owner', 'already_claimed', 'closed', 'over_capacity', 'not_available'] as const;
export type Refusal = (typeof REFUSALS)[number];
