import { everyOrder } from './every-order';

everyOrder('before the answers');
