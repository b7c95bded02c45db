import fc from 'fast-check';
import type { Weather } from '../../world/postman';
import type { Linked } from './steps';
import { LINKED } from './steps';

/** Where an attempt of an activity ends before its time. */
export const KILL_POINTS = ['before-call', 'after-commit', 'after-result'] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

/**
 * How it ends. `vanishes`: nothing of it runs any more, and another attempt is made. `stalls`: another attempt is made,
 * and later this one goes on as if nothing had been. `fails`: the call breaks with an error that the code sees.
 */
export const KILL_MANNERS = ['vanishes', 'stalls', 'fails'] as const;
export type KillManner = (typeof KILL_MANNERS)[number];

/** The end of one attempt of one activity. */
export interface Kill {
  point: KillPoint;
  manner: KillManner;
  /** At which of the attempt's calls to the outside: a number from 1, or the first to a provider or to Temporal. */
  call: number | 'provider';
  /** From which attempt of this activity within the plan on, counted from 1: the first that comes to the point. */
  attempt: number;
}

/** What goes wrong with a call to a provider, or with its answer. */
export const CALL_FAULTS = ['lost-answer', 'lost-request', 'server-error', 'too-many', 'time-out'] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** Calls that faults aim at, with what their addresses contain. */
export const CALLS = {
  charge: { provider: 'paypal', method: 'POST', path: '/v2/checkout/orders' },
  payout: { provider: 'paypal', method: 'POST', path: '/v1/payments/payouts' },
  'payout-look': { provider: 'paypal', method: 'GET', path: '/v1/payments/payouts' },
  refund: { provider: 'paypal', method: 'POST', path: '/refund' },
  any: { provider: 'paypal', method: 'POST', path: '/v' },
  message: { provider: 'messenger', method: 'POST', path: '/messages' },
} as const;
export type CallName = keyof typeof CALLS;

/** What goes wrong with Messenger's deliveries to us. */
export const DELIVERY_FAULTS = [
  'duplicate',
  'shuffle',
  'lost-delivery',
  'lost-acknowledgement',
  'echo-dropped',
] as const;
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number];

/** How PayPal's events arrive. */
export const WEATHERS: readonly Weather[] = ['fair', 'duplicate', 'shuffle', 'lost-acknowledgement', 'none'];

/** Everything that goes wrong in one plan. */
export interface Trouble {
  calls: { call: CallName; fault: CallFault; times: number }[];
  deliveries: { who: Linked; fault: DeliveryFault; times: number }[];
  /** PayPal takes Ann's money, its answer is lost, and for hours it answers nothing more. */
  outage: boolean;
  /** Eve's account: as it should be, nearly empty, or limited by PayPal. */
  eve: 'ok' | 'poor' | 'restricted';
}

export const trouble: fc.Arbitrary<Trouble> = fc.record({
  calls: fc.array(
    fc.record({
      call: fc.constantFrom(...(Object.keys(CALLS) as CallName[])),
      fault: fc.constantFrom(...CALL_FAULTS),
      times: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 3 },
  ),
  deliveries: fc.array(
    fc.record({
      who: fc.constantFrom(...LINKED),
      fault: fc.constantFrom(...DELIVERY_FAULTS),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 2 },
  ),
  outage: fc.integer({ min: 0, max: 11 }).map((drawn) => drawn === 11),
  eve: fc.constantFrom('ok' as const, 'poor' as const, 'restricted' as const),
});

/**
 * Activities that few scenarios come to. Where one does, attempts end at each of their points, one after the other, so
 * that a few hundred scenarios are enough to reach them all.
 */
const SELDOM_RUN: ReadonlySet<string> = new Set([
  'abandonStepUp',
  'acceptLinkCode',
  'askForReminder',
  'askToConfirmLink',
  'bindLink',
  'blockPerson',
  'cancelPayout',
  'cancelRequest',
  'changeOwner',
  'changeSource',
  'closeLink',
  'closeRequest',
  'confirmCharge',
  'declineShare',
  'draftSendBack',
  'draftShare',
  'dropDraft',
  'dropRequest',
  'findAskedShare',
  'findCharge',
  'findFacts',
  'findPayout',
  'freezeAccount',
  'identifyAtWallet',
  'keepElsewhere',
  'keepStandby',
  'makeDefault',
  'needCard',
  'needUnfreezing',
  'openMoneyCase',
  'recordLoss',
  'recordRelease',
  'refuseLink',
  'remindOfRequest',
  'removeCard',
  'repAct',
  'settleEcho',
  'settleMoneyCases',
  'tellShareNews',
  'unblockPerson',
  'undoPayment',
  'unlinkWallet',
]);

/**
 * What no campaign can count on: a rep's press that begins a conversation's run, a refund that an operator made by hand,
 * and an event in the very moment in which a payment ends. Tests of `test/conversations` and `test/money` bring them
 * about.
 */
export const NOT_COUNTED_ON: ReadonlySet<string> = new Set(['whoAnswers', 'recordRefund', 'handOverToAftercare']);

/** One activity in four has an attempt that ends before its time, and nearly each of those that seldom run has three. */
export function kills(activities: readonly string[]): fc.Arbitrary<Record<string, Kill[]>> {
  const kill = fc.record({
    point: fc.constantFrom(...KILL_POINTS),
    manner: fc.constantFrom(...KILL_MANNERS),
    call: fc.constantFrom<Kill['call'][]>('provider', 'provider', 1, 1, 2, 2, 3),
    attempt: fc.constantFrom(1, 1, 1, 2),
  });
  const everywhere = fc
    .tuple(fc.shuffledSubarray([...KILL_POINTS], { minLength: KILL_POINTS.length }), fc.constantFrom(...KILL_MANNERS))
    .map(([points, manner]) => points.map((point): Kill => ({ point, manner, call: 1, attempt: 1 })));
  // Nothing comes first, so that a plan shrinks towards nothing going wrong.
  const nothing = fc.constant<Kill[]>([]);
  const once = fc.oneof({ weight: 3, arbitrary: nothing }, { weight: 1, arbitrary: kill.map((one) => [one]) });
  const often = fc.oneof({ weight: 1, arbitrary: nothing }, { weight: 9, arbitrary: everywhere });
  const drawn = activities.map((name) => [name, SELDOM_RUN.has(name) ? often : once]);
  return fc
    .record(Object.fromEntries(drawn) as Record<string, typeof once>)
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, some]) => some.length > 0)));
}
