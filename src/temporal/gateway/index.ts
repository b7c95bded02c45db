export { createGateway } from './create';
export { ACTION_ANSWER_MS, NoAnswer, Refused, Unavailable } from './gateway';
export type { Gateway, PaymentWish, RepActions } from './gateway';
