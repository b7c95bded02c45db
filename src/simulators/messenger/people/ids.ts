import { randomBytes, randomInt } from 'node:crypto';

/** A message id in the platform's present shape: `m_` and 86 base64url characters. */
export function newMessageId(): string {
  return `m_${randomBytes(64).toString('base64url')}`;
}

/** A page-scoped person id: sixteen digits. */
export function newPersonId(): string {
  return digits(16);
}

/** An object id (persona, attachment): fifteen or sixteen digits, like those of the Graph API. */
export function newObjectId(): string {
  return digits(15);
}

/** A token nobody can guess, for account linking. */
export function newLinkingToken(): string {
  return `ARR${randomBytes(48).toString('base64url')}`;
}

function digits(length: number): string {
  const rest = Array.from({ length: length - 1 }, () => randomInt(10)).join('');
  return `${randomInt(1, 10)}${rest}`;
}
