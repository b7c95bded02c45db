export { accountLink } from './account-link';
export { conversation } from './conversation';
export { payment } from './payment';
