export { createGateway } from './create';
export { Refused, Unavailable } from './gateway';
export type { Gateway, RepActions } from './gateway';
