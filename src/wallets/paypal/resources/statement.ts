import type { z } from 'zod';
import { fromDecimal, isCurrency } from '../../../domain/money/amounts';
import type { Money } from '../../../domain/money/amounts';
import type { StatementLine } from '../../../domain/money/statement';
import { ProviderFailure } from '../../../domain/outcomes';
import type { PayPalHttp } from '../transport/http';
import { transactionsBetween } from './transactions';
import type { transactionInfo } from './transactions';

/**
 * PayPal's codes of what a transaction is (Transaction Search, "Transaction event codes"). T00xx are payments, of which
 * T0001 is one of ours to a payee; T11xx undo an earlier one.
 */
const KINDS: readonly (readonly [RegExp, StatementLine['kind']])[] = [
  [/^T0001/, 'payout'],
  [/^T00/, 'charge'],
  [/^T1106/, 'reversal'],
  [/^T1107/, 'refund'],
  [/^T111[45]/, 'payout-returned'],
];

const STATUSES: Readonly<Record<string, StatementLine['status']>> = {
  S: 'done',
  P: 'pending',
  D: 'denied',
  V: 'reversed',
};

/** Everything on our account between two moments, in our words. */
export async function readStatement(http: PayPalHttp, since: Date, until: Date): Promise<StatementLine[]> {
  return (await transactionsBetween(http, since.getTime(), until.getTime())).map(readLine);
}

function readLine(info: z.infer<typeof transactionInfo>): StatementLine {
  const code = info.transaction_event_code ?? '';
  const amount = readSigned(info.transaction_amount, info.transaction_id);
  const paymentId = info.invoice_id ?? info.custom_field;
  return {
    transactionId: info.transaction_id,
    ...(paymentId === undefined ? {} : { paymentId }),
    kind: KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'other',
    status: STATUSES[info.transaction_status ?? 'S'] ?? 'done',
    amount,
    fee: info.fee_amount ? readSigned(info.fee_amount, info.transaction_id) : { ...amount, minor: 0 },
    at: Date.parse(info.transaction_initiation_date ?? ''),
  };
}

function readSigned(given: { currency_code: string; value: string } | undefined, transactionId: string): Money {
  const { currency_code: code = '', value = '' } = given ?? {};
  const amount = isCurrency(code) ? fromDecimal(value, code) : undefined;
  if (amount) return amount;
  throw new ProviderFailure('retry', 'unavailable', { providerCode: `STATEMENT/${transactionId}` });
}
