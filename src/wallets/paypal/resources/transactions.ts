import { z } from 'zod';
import type { Charge } from '../../../domain/money/wallet';
import { ProviderFailure } from '../../../domain/outcomes';
import type { PayPalHttp } from '../transport/http';
import { readCharge } from './captures';

const amount = z.object({ currency_code: z.string(), value: z.string() }).optional();

/** One transaction as the search shows it. Amounts are signed, and stay in PayPal's shape. */
export const transactionInfo = z.object({
  transaction_id: z.string(),
  transaction_event_code: z.string().optional(),
  transaction_status: z.string().optional(),
  transaction_initiation_date: z.string().optional(),
  transaction_amount: amount,
  fee_amount: amount,
  invoice_id: z.string().optional(),
  custom_field: z.string().optional(),
});

type TransactionInfo = z.infer<typeof transactionInfo>;

const transactions = z.object({
  // PayPal leaves the list out, or sends none, for a period without transactions.
  transaction_details: z.array(z.object({ transaction_info: transactionInfo })).nullish(),
  total_pages: z.number().int().nonnegative().optional(),
});

/** The longest period one search may cover (transaction search v1, `end_date`), in milliseconds. */
const LONGEST_PERIOD_MS = 31 * 86_400_000;
/** The most PayPal gives on one page. */
const PAGE_SIZE = 500;
/** PayPal refuses a search with more than 10,000 results; halving stops at a period this short, in milliseconds. */
const SHORTEST_PERIOD_MS = 60_000;
/** A search may start this much before the payment did: neither clock nor the reports' times need to agree. */
const START_MARGIN_MS = 5 * 60_000;
/** Event codes of payments received (T00xx). Refunds and reversals carry the same invoice id under T11xx. */
const PAYMENT_EVENT = /^T00/;

/**
 * Looks for the charge of an invoice id among the transactions since a moment. The reports cannot be asked for an
 * invoice id, so they are read through, and each hit is read again from Payments, which is never behind.
 *
 * A declined charge is not given: it took nothing, and another one may still be missing from the reports.
 */
export async function findCharge(
  http: PayPalHttp,
  invoiceId: string,
  since: Date,
  until: Date,
): Promise<Charge | undefined> {
  const end = until.getTime();
  for (let start = since.getTime() - START_MARGIN_MS; start < end; start += LONGEST_PERIOD_MS) {
    const found = await transactionsIn(http, start, Math.min(start + LONGEST_PERIOD_MS, end));
    for (const captureId of captureIdsOf(found, invoiceId)) {
      const charge = await readCharge(http, captureId);
      if (charge.state !== 'declined') return charge;
    }
  }
  return undefined;
}

/** All transactions between two moments, in milliseconds since the epoch, in the order of the reports. */
export async function transactionsBetween(http: PayPalHttp, since: number, until: number): Promise<TransactionInfo[]> {
  const all: TransactionInfo[] = [];
  for (let start = since; start < until; start += LONGEST_PERIOD_MS) {
    all.push(...(await transactionsIn(http, start, Math.min(start + LONGEST_PERIOD_MS, until))));
  }
  return all;
}

function captureIdsOf(found: readonly TransactionInfo[], invoiceId: string): ReadonlySet<string> {
  const payments = found.filter(
    (info) => info.invoice_id === invoiceId && PAYMENT_EVENT.test(info.transaction_event_code ?? 'T00'),
  );
  return new Set(payments.map(({ transaction_id: id }) => id));
}

async function transactionsIn(http: PayPalHttp, start: number, end: number): Promise<TransactionInfo[]> {
  try {
    return await readPages(http, start, end);
  } catch (error) {
    const tooMany = error instanceof ProviderFailure && error.detail.providerCode.includes('RESULTSET_TOO_LARGE');
    if (!tooMany || end - start <= SHORTEST_PERIOD_MS) throw error;
    const middle = Math.floor((start + end) / 2);
    const [earlier, later] = [await transactionsIn(http, start, middle), await transactionsIn(http, middle, end)];
    // A transaction of the very moment in the middle is in both halves.
    const seen = new Set(earlier.map((info) => JSON.stringify(info)));
    return [...earlier, ...later.filter((info) => !seen.has(JSON.stringify(info)))];
  }
}

async function readPages(http: PayPalHttp, start: number, end: number): Promise<TransactionInfo[]> {
  const found: TransactionInfo[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await http.call({
      method: 'GET',
      path: '/v1/reporting/transactions',
      query: {
        start_date: new Date(start).toISOString(),
        end_date: new Date(end).toISOString(),
        fields: 'transaction_info',
        page_size: String(PAGE_SIZE),
        page: String(page),
      },
      effect: 'reads',
      answer: transactions,
    });
    found.push(...(answer.transaction_details ?? []).map(({ transaction_info: info }) => info));
    pages = answer.total_pages ?? 1;
  }
  return found;
}
