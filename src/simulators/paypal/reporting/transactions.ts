import type { Call, Operation } from '../api/call';
import { Refusal } from '../api/refusal';
import { nameParts } from '../checkout/order-views';
import { platformOf } from '../money/accounts';
import { amountV2 } from '../money/amounts';
import type { Money } from '../state/records';
import { isoTime } from '../state/world';
import type { World } from '../state/world';

/** Transactions show up to three hours late (Transaction Search v1); here always three hours. */
const LAG_MS = 3 * 3_600_000;
const LONGEST_RANGE_MS = 31 * 86_400_000;
const LARGEST_PAGE = 500;
const USUAL_PAGE = 100;

/** PayPal's codes of what a transaction is (https://developer.paypal.com/docs/transaction-search/transaction-event-codes/). */
const CODES = { capture: 'T0006', payout: 'T0001', refund: 'T1107', reversal: 'T1106', payoutBack: 'T1115' } as const;

/** One line of the platform's statement. */
interface Line {
  id: string;
  at: number;
  code: string;
  money: Money;
  fee?: Money;
  /** S success, P pending, D denied, V reversed. */
  status: 'S' | 'P' | 'D' | 'V';
  payerId?: string;
  reference?: string;
  invoiceId?: string;
  customId?: string;
}

const minus = (money: Money): Money => ({ ...money, minor: -money.minor });

const CAPTURE_LETTERS = {
  COMPLETED: 'S',
  PENDING: 'P',
  DECLINED: 'D',
  PARTIALLY_REFUNDED: 'S',
  REFUNDED: 'V',
} as const;

function captureLines(world: World, platform: string): Line[] {
  return world.captures
    .values()
    .filter(({ payeeId }) => payeeId === platform)
    .map((capture) => ({
      id: capture.id,
      at: capture.createdAt,
      code: CODES.capture,
      money: capture.money,
      fee: minus({ ...capture.money, minor: capture.feeMinor }),
      status: CAPTURE_LETTERS[capture.status],
      payerId: capture.payerId,
      ...(capture.invoiceId === undefined ? {} : { invoiceId: capture.invoiceId }),
      ...(capture.customId === undefined ? {} : { customId: capture.customId }),
    }));
}

function refundLines(world: World, platform: string): Line[] {
  return world.refunds.values().flatMap((refund) => {
    const capture = world.captures.get(refund.captureId);
    if (capture?.payeeId !== platform) return [];
    const line: Line = {
      id: refund.id,
      at: refund.createdAt,
      code: CODES[refund.kind],
      money: minus(refund.money),
      status: 'S',
      payerId: capture.payerId,
      reference: capture.id,
      ...(capture.invoiceId === undefined ? {} : { invoiceId: capture.invoiceId }),
    };
    return [line];
  });
}

const ITEM_LETTERS = {
  PENDING: 'P',
  ONHOLD: 'P',
  UNCLAIMED: 'P',
  SUCCESS: 'S',
  RETURNED: 'V',
  FAILED: 'D',
  BLOCKED: 'D',
  REFUNDED: 'V',
  REVERSED: 'V',
} as const;

function payoutLines(world: World): Line[] {
  return world.items.values().flatMap((item) => {
    if (item.transactionId === undefined || item.processedAt === undefined) return [];
    const line: Line = {
      id: item.transactionId,
      at: item.processedAt,
      code: CODES.payout,
      money: minus(item.money),
      fee: minus({ ...item.money, minor: item.feeMinor }),
      status: ITEM_LETTERS[item.status],
      ...(item.payerId === undefined ? {} : { payerId: item.payerId }),
      ...(item.senderItemId === undefined ? {} : { customId: item.senderItemId }),
    };
    return [line];
  });
}

function lineView(world: World, line: Line, withPayer: boolean): Record<string, unknown> {
  const payer = line.payerId === undefined ? undefined : world.accountOf(line.payerId);
  return {
    transaction_info: {
      ...(line.payerId === undefined ? {} : { paypal_account_id: line.payerId }),
      transaction_id: line.id,
      ...(line.reference === undefined ? {} : { paypal_reference_id: line.reference, paypal_reference_id_type: 'TXN' }),
      transaction_event_code: line.code,
      transaction_initiation_date: isoTime(line.at),
      transaction_updated_date: isoTime(line.at),
      transaction_amount: amountV2(line.money),
      ...(line.fee === undefined ? {} : { fee_amount: amountV2(line.fee) }),
      transaction_status: line.status,
      ...(line.invoiceId === undefined ? {} : { invoice_id: line.invoiceId }),
      ...(line.customId === undefined ? {} : { custom_field: line.customId }),
    },
    ...(withPayer && payer
      ? {
          payer_info: {
            account_id: payer.payerId,
            email_address: payer.email,
            payer_status: 'Y',
            payer_name: { ...nameParts(payer.name), alternate_full_name: payer.name },
            country_code: payer.country,
          },
        }
      : {}),
  };
}

const invalid = (issue: string): Refusal => new Refusal('INVALID_REQUEST', [{ issue }]);

/** A time of the query; PayPal also takes offsets without a colon (`-0700`). */
function timeOf(call: Call, name: string): number {
  const given = call.query[name];
  if (given === undefined) throw invalid(`${name} is required`);
  const ms = Date.parse(given.replace(' ', '+').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(ms)) throw invalid(`Invalid ${name}`);
  return ms;
}

const numberOf = (call: Call, name: string, otherwise: number, most: number): number => {
  const value = Number(call.query[name] ?? otherwise);
  if (!Number.isInteger(value) || value < 1 || value > most) throw invalid(`Invalid ${name}`);
  return value;
};

/** `GET /v1/reporting/transactions`: the platform's statement, at most 31 days at a time and three hours old. */
export const TRANSACTION_OPERATION: Operation = {
  method: 'GET',
  path: '/v1/reporting/transactions',
  dialect: 'reporting',
  access: 'app',
  run(world, call) {
    const [start, end] = [timeOf(call, 'start_date'), timeOf(call, 'end_date')];
    if (end < start) throw invalid('End date is before start date');
    if (end - start > LONGEST_RANGE_MS) throw invalid('Date range is greater than 31 days');
    const pageSize = numberOf(call, 'page_size', USUAL_PAGE, LARGEST_PAGE);
    const page = numberOf(call, 'page', 1, Number.MAX_SAFE_INTEGER);
    const platform = platformOf(world).payerId;
    const { transaction_id: id, transaction_status: status, fields = 'transaction_info' } = call.query;
    const refreshed = world.now() - LAG_MS;
    const lines = [...captureLines(world, platform), ...refundLines(world, platform), ...payoutLines(world)]
      .filter((line) => line.at >= start && line.at <= end && line.at <= refreshed)
      .filter((line) => (id === undefined || line.id === id) && (status === undefined || line.status === status))
      .sort((one, other) => one.at - other.at);
    const withPayer = /\b(all|payer_info)\b/.test(fields);
    const details = lines.slice((page - 1) * pageSize, page * pageSize).map((line) => lineView(world, line, withPayer));
    return {
      status: 200,
      body: {
        // The specification wants at least one entry, so that an empty statement has no list.
        ...(details.length > 0 ? { transaction_details: details } : {}),
        account_number: platform,
        start_date: isoTime(start),
        end_date: isoTime(end),
        last_refreshed_datetime: isoTime(refreshed),
        page,
        total_items: lines.length,
        total_pages: Math.ceil(lines.length / pageSize),
        links: [{ href: `${world.settings.baseUrl}${call.path}`, rel: 'self', method: 'GET' }],
      },
    };
  },
};
