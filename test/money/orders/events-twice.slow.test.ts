import { everyOrder } from './every-order';

everyOrder('twice');
