import { ActivityFailure } from '@temporalio/workflow';
import { KEY_LIFE_MS } from '../../src/domain/money/wallet';
import { PAYOUT_ACTIVITY_ID } from '../messages/payment';
import { lookUp, moneyCall, step } from '../proxies';

export const charge = moneyCall('charge', 'Take the amount from the payer', {
  attempt: '20s',
  keyLife: KEY_LIFE_MS.charge,
});
export const findCharge = lookUp('findCharge', 'Look for the charge whose answer never came');
/** Reads one charge by its id. Longer than a day no provider is away, and then a person decides. */
export const confirmCharge = moneyCall('confirmCharge', 'Read the charge that was named', {
  attempt: '20s',
  keyLife: '24h',
});
/** The webhook completes it; without one, each attempt that times out looks the payout up again. Waiting costs nothing. */
export const payOut = moneyCall('payOut', 'Send the amount to the payee', {
  attempt: '1m',
  keyLife: '24h',
  activityId: PAYOUT_ACTIVITY_ID,
});
export const findPayout = moneyCall('findPayout', 'Look at the payout', { attempt: '20s', keyLife: '24h' });
export const takeBack = moneyCall('cancelPayout', 'Take back what nobody has claimed', {
  attempt: '20s',
  keyLife: '24h',
});
export const refund = moneyCall('refund', 'Give the amount back to the payer', {
  attempt: '20s',
  keyLife: KEY_LIFE_MS.refund,
});
export const recordRefund = step('recordRefund', 'Book what was given back by hand');
export const remindOfUnclaimed = step('remindOfUnclaimed', 'Remind the payer that nobody has claimed it');
export const conclude = step('concludePayment', 'Record the outcome and tell both people');
export const recordRelease = step('recordRelease', 'Record that the payment goes on');
export const handOver = step('handOverToAftercare', 'Hand over what happened at the very end');

/**
 * The answer of a call about money, or nothing where none could be had: what it did is then not known, and nothing may
 * be undone on the strength of that.
 */
export async function answerOf<T>(call: Promise<T>): Promise<{ is: T } | undefined> {
  try {
    return { is: await call };
  } catch (failure) {
    if (failure instanceof ActivityFailure) return undefined;
    throw failure;
  }
}
