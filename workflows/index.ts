export { accountLink } from './account-link';
export { conversation } from './conversation';
export { moneyRequest } from './money-request';
export { payment } from './payment';
export { stepUp } from './step-up';
