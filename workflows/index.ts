export { accountLink } from './account-link';
export { aftercare } from './aftercare';
export { conversation } from './conversation';
export { moneyRequest } from './money-request';
export { payment } from './payment';
export { stepUp } from './step-up';
export { dailyBooks, sweepMoney } from './schedules';
