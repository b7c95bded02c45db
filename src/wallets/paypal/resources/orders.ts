import { z } from 'zod';
import type { Charge, ChargeRequest } from '../../../domain/money/wallet';
import { ProviderFailure } from '../../../domain/outcomes';
import type { PayPalHttp } from '../transport/http';
import { capture, chargeOf } from './captures';
import { sameMoney, writeMoney } from './shapes';
import { findCharge } from './transactions';

const order = z.object({
  id: z.string().min(1),
  status: z.string(),
  purchase_units: z
    .array(
      z.object({
        invoice_id: z.string().optional(),
        payments: z.object({ captures: z.array(capture).optional() }).optional(),
      }),
    )
    .optional(),
});

/** Order states in which certainly nothing was taken: the payer has to come to PayPal first. */
const UNPAID_ORDER_STATES = ['CREATED', 'SAVED', 'PAYER_ACTION_REQUIRED'];

/**
 * How far back the charge behind a DUPLICATE_INVOICE_ID is looked for, in milliseconds. A payment still in doubt after
 * a day is in a person's hands, so three days cover every one the program still works on.
 */
const DUPLICATE_SEARCH_MS = 3 * 86_400_000;

/**
 * Takes money from a vaulted wallet in one step: an order created with a stored payment source is captured at once.
 * The answer is what PayPal keeps under the key, which it gives back even to a request for something else; it is
 * therefore compared with what was asked for.
 */
export async function chargeVaulted(http: PayPalHttp, request: ChargeRequest, now: Date): Promise<Charge> {
  try {
    return await createOrder(http, request);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || error.outcome !== 'already-done') throw error;
    return findEarlier(http, request, error, now);
  }
}

async function createOrder(
  http: PayPalHttp,
  { paymentId, key, amount, source, vaultToken }: ChargeRequest,
): Promise<Charge> {
  const made = await http.call({
    method: 'POST',
    path: '/v2/checkout/orders',
    key,
    whole: true,
    effect: 'moves',
    body: {
      intent: 'CAPTURE',
      purchase_units: [
        { reference_id: 'default', custom_id: paymentId, invoice_id: paymentId, amount: writeMoney(amount) },
      ],
      payment_source: vaulted(source, vaultToken),
    },
    answer: order,
  });
  const unit = made.purchase_units?.[0];
  const taken = unit?.payments?.captures?.[0];
  if (!taken) throw withoutCapture(made.status);
  const charge = chargeOf(made.id, taken);
  const invoice = taken.invoice_id ?? unit?.invoice_id;
  if (invoice !== paymentId || !sameMoney(charge.gross, amount)) throw keptForAnother('ORDER/ANOTHER_REQUEST');
  return charge;
}

/** Wallets and cards say differently that the payer agreed before and is not here now (Orders v2, `stored_credential`). */
function vaulted(source: ChargeRequest['source'], vaultToken: string): Record<string, unknown> {
  const credential = { payment_initiator: 'MERCHANT', usage: 'SUBSEQUENT' };
  return source === 'card'
    ? { card: { vault_id: vaultToken, stored_credential: { ...credential, payment_type: 'UNSCHEDULED' } } }
    : { paypal: { vault_id: vaultToken, stored_credential: { ...credential, usage_pattern: 'UNSCHEDULED_POSTPAID' } } };
}

function withoutCapture(status: string): ProviderFailure {
  return UNPAID_ORDER_STATES.includes(status)
    ? new ProviderFailure('needs-person', 'payer-action-required', { providerCode: `ORDER/${status}` })
    : new ProviderFailure('unknown', 'in-progress', { providerCode: `ORDER/${status}` });
}

/** The invoice id was charged before, under a key PayPal has forgotten. Not found means: not in the reports yet. */
async function findEarlier(
  http: PayPalHttp,
  { paymentId, amount }: ChargeRequest,
  duplicate: ProviderFailure,
  now: Date,
): Promise<Charge> {
  const since = new Date(now.getTime() - DUPLICATE_SEARCH_MS);
  const found = await findCharge(http, paymentId, since, now).catch((error: unknown) => {
    if (error instanceof ProviderFailure) return undefined;
    throw error;
  });
  if (!found) throw new ProviderFailure('unknown', 'duplicate', duplicate.detail);
  if (!sameMoney(found.gross, amount)) throw keptForAnother('ORDER/ANOTHER_AMOUNT');
  return found;
}

function keptForAnother(providerCode: string): ProviderFailure {
  return new ProviderFailure('unknown', 'duplicate', { providerCode });
}
