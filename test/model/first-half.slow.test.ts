import { everythingHoldsIn } from './half';

everythingHoldsIn('first');
