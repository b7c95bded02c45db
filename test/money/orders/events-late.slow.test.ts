import { everyOrder } from './every-order';

everyOrder('days late');
