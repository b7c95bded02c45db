import type { World } from '../../world/world';

/** One line of PayPal's own statement of our account. */
interface StatementLine {
  transaction_info: {
    transaction_id: string;
    transaction_event_code: string;
    transaction_amount: { value: string };
    fee_amount?: { value: string };
    transaction_status: 'S' | 'P' | 'D' | 'V';
    invoice_id?: string;
    custom_field?: string;
  };
}

/** What PayPal did for one payment, in minor units of US dollars. */
export interface Moved {
  /** Amounts that were taken from the payer. */
  captures: number[];
  /** A charge that PayPal has not decided on. */
  reviewed?: string;
  /** All that went back to the payer. */
  returned: number;
  /** Payouts by where they are: with the payee, on their way, or not with the payee. */
  payouts: { minor: number; is: 'arrived' | 'under-way' | 'back' }[];
  /** What all of this made of our balance at PayPal, less fees. */
  ours: number;
  /** Fees that PayPal has kept or given back: for payouts that came back the statement does not say which. */
  doubtful: number;
}

/** Nothing was done. */
export const NOTHING: Moved = { captures: [], returned: 0, payouts: [], ours: 0, doubtful: 0 };

const DAY_MS = 86_400_000;

/** PayPal shows at most so much at a time. */
const PAGE = 500;
const RANGE_MS = 31 * DAY_MS;

/** PayPal's codes (Transaction Search, event codes): a charge, a payout, a refund and a reversal of a charge. */
const CODES = { charge: 'T0006', payout: 'T0001', refund: 'T1107', reversal: 'T1106' } as const;

/** Reads PayPal's statement from a moment on (milliseconds since the epoch), by our id of the payment. */
export async function statementSince(world: World, since: number): Promise<Map<string, Moved>> {
  const token = await tokenOf(world);
  const moved = new Map<string, Moved>();
  for (let from = since; from < Date.now(); from += RANGE_MS) {
    for (const line of await linesOf(world, token, from, Math.min(from + RANGE_MS, Date.now()))) book(moved, line);
  }
  return moved;
}

function book(moved: Map<string, Moved>, { transaction_info: info }: StatementLine): void {
  const isPayout = info.transaction_event_code === CODES.payout;
  const paymentId = isPayout ? info.custom_field : info.invoice_id;
  if (paymentId === undefined) return;
  const of = moved.get(paymentId) ?? { ...NOTHING, captures: [], payouts: [] };
  moved.set(paymentId, of);
  const minor = minorOf(info.transaction_amount);
  const fee = info.fee_amount ? minorOf(info.fee_amount) : 0;
  switch (info.transaction_event_code) {
    case CODES.charge:
      if (info.transaction_status !== 'D') of.captures.push(minor);
      if (info.transaction_status === 'P') of.reviewed = info.transaction_id;
      if (info.transaction_status === 'S' || info.transaction_status === 'V') of.ours += minor - fee;
      return;
    case CODES.refund:
    case CODES.reversal:
      of.returned += minor;
      of.ours -= minor;
      return;
    case CODES.payout:
      of.payouts.push({ minor, is: PLACES[info.transaction_status] });
      if (PLACES[info.transaction_status] === 'back') of.doubtful += fee;
      else of.ours -= minor + fee;
      return;
    default:
      return;
  }
}

function minorOf({ value }: { value: string }): number {
  return Math.abs(Math.round(Number(value) * 100));
}

const PLACES = { S: 'arrived', P: 'under-way', D: 'back', V: 'back' } as const;

async function linesOf(world: World, token: string, from: number, to: number): Promise<StatementLine[]> {
  const lines: StatementLine[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const query = new URLSearchParams({
      start_date: new Date(from).toISOString(),
      end_date: new Date(to).toISOString(),
      page_size: String(PAGE),
      page: String(page),
    });
    const answer = await fetch(`${world.paypal}/v1/reporting/transactions?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const body = (await answer.json()) as { transaction_details?: StatementLine[]; total_pages: number };
    lines.push(...(body.transaction_details ?? []));
    pages = body.total_pages;
  }
  return lines;
}

async function tokenOf({ paypal, paypalClient }: World): Promise<string> {
  const credentials = Buffer.from(`${paypalClient.clientId}:${paypalClient.clientSecret}`).toString('base64');
  const answer = await fetch(`${paypal}/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
