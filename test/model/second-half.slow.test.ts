import { everythingHoldsIn } from './half';

everythingHoldsIn('second');
