import { everyOrder } from './every-order';

everyOrder('never');
