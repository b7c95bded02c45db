/** Receiving: what the API needs to accept a webhook of Messenger. Pure but for the hashes. */
export { WrongShape, parseBody } from './body';
export { readWebhook } from './read';
export type { Ours } from './sides';
export { isSignedBy } from './signature';
export { answerVerification } from './verification';
