import { z } from 'zod';
import type { Call } from '../api/call';
import { amountV2Shape, readBody, shortText } from '../api/body';
import { refuse } from '../api/refusal';
import { platformOf } from '../money/accounts';
import { parseAmount } from '../money/amounts';
import type { Money, PurchaseUnit } from '../state/records';
import type { World } from '../state/world';

const item = z.looseObject({
  name: shortText(127),
  unit_amount: amountV2Shape,
  tax: amountV2Shape.optional(),
  quantity: z.union([z.string().regex(/^[1-9]\d{0,9}$/), z.int().positive()]),
});

const purchaseUnit = z.looseObject({
  reference_id: shortText(256).optional(),
  amount: amountV2Shape.extend({ breakdown: z.record(z.string(), amountV2Shape).optional() }),
  payee: z.looseObject({ email_address: z.string().optional(), merchant_id: z.string().optional() }).optional(),
  description: shortText(127).optional(),
  custom_id: shortText(127).optional(),
  invoice_id: shortText(127).optional(),
  soft_descriptor: shortText(22).optional(),
  items: z.array(item).optional(),
  shipping: z.looseObject({}).optional(),
});

const experience = z.looseObject({
  return_url: z.string().optional(),
  cancel_url: z.string().optional(),
  brand_name: z.string().max(127).optional(),
});

const orderRequest = z.looseObject({
  intent: z.enum(['CAPTURE', 'AUTHORIZE']),
  purchase_units: z.array(purchaseUnit).min(1).max(10),
  payment_source: z
    .looseObject({
      paypal: z
        .looseObject({
          vault_id: shortText(255).optional(),
          experience_context: experience.optional(),
          attributes: z.looseObject({ vault: z.looseObject({}).optional() }).optional(),
          stored_credential: z.looseObject({ payment_initiator: z.string().optional() }).optional(),
        })
        .optional(),
      card: z
        .looseObject({
          vault_id: shortText(255).optional(),
          stored_credential: z.looseObject({ payment_initiator: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
  application_context: experience.optional(),
});

type UnitRequest = z.infer<typeof purchaseUnit>;

/** What is asked for, checked as far as that goes without looking at the payer. */
export interface OrderRequest {
  units: PurchaseUnit[];
  source: 'none' | 'wallet' | 'vault';
  /** Whether the vault id has to be that of a card. */
  card: boolean;
  vaultId?: string;
  returnUrl?: string;
  cancelUrl?: string;
  brand?: string;
}

/** Reads the body of `POST /v2/checkout/orders`, or refuses it in PayPal's words. */
export function readOrderRequest(world: World, call: Call): OrderRequest {
  const body = readBody(call, orderRequest);
  if (body.intent === 'AUTHORIZE') throw refuse(call.operation, 'AUTH_CAPTURE_NOT_ENABLED', { field: '/intent' });
  const { paypal: wallet, card, ...others } = body.payment_source ?? {};
  // A card is charged from the vault or not at all: nobody's number is sent here.
  const other = card && card.vault_id === undefined ? 'card' : Object.keys(others)[0];
  if (other !== undefined) throw refuse(call.operation, 'NOT_SUPPORTED', { field: `/payment_source/${other}` });
  if (wallet?.attributes?.vault) throw refuse(call.operation, 'NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE');
  const units = body.purchase_units.map((unit) => readUnit(world, call, unit));
  checkTogether(call, body.purchase_units, units);
  const { stored_credential: credential, vault_id: vaultId } = card ?? wallet ?? {};
  if (credential?.payment_initiator === 'MERCHANT' && units.length > 1) {
    throw refuse(call.operation, 'MERCHANT_INITIATED_WITH_MULTIPLE_PURCHASE_UNITS');
  }
  const context = wallet?.experience_context ?? body.application_context;
  return {
    units,
    source: vaultId === undefined ? (wallet ? 'wallet' : 'none') : 'vault',
    card: card !== undefined,
    ...(vaultId === undefined ? {} : { vaultId }),
    ...(context?.return_url === undefined ? {} : { returnUrl: context.return_url }),
    ...(context?.cancel_url === undefined ? {} : { cancelUrl: context.cancel_url }),
    ...(context?.brand_name === undefined ? {} : { brand: context.brand_name }),
  };
}

function readUnit(world: World, call: Call, unit: UnitRequest): PurchaseUnit {
  const referenceId = unit.reference_id ?? 'default';
  const field = `/purchase_units/@reference_id=='${referenceId}'`;
  const money = readMoney(call, unit.amount, `${field}/amount/value`);
  if (money.minor === 0) throw refuse(call.operation, 'CANNOT_BE_ZERO_OR_NEGATIVE', { field: `${field}/amount/value` });
  checkBreakdown(call, unit, money, field);
  const { amount, description, soft_descriptor: softDescriptor, items, shipping } = unit;
  return {
    referenceId,
    money,
    payeeId: readPayee(world, call, unit, field),
    ...(unit.custom_id === undefined ? {} : { customId: unit.custom_id }),
    ...(unit.invoice_id === undefined ? {} : { invoiceId: unit.invoice_id }),
    echo: {
      ...(amount.breakdown === undefined ? {} : { breakdown: amount.breakdown }),
      ...(description === undefined ? {} : { description }),
      ...(softDescriptor === undefined ? {} : { soft_descriptor: softDescriptor }),
      ...(items === undefined ? {} : { items }),
      ...(shipping === undefined ? {} : { shipping }),
    },
  };
}

function readMoney(call: Call, amount: z.infer<typeof amountV2Shape>, field: string): Money {
  const money = parseAmount(amount.currency_code, amount.value);
  if (typeof money !== 'string') return money;
  throw refuse(call.operation, money, { field, value: String(amount.value), location: 'body' });
}

/** Whom the money is for: the platform unless the unit names another account. */
function readPayee(world: World, call: Call, { payee }: UnitRequest, field: string): string {
  const named = payee?.merchant_id ?? payee?.email_address;
  const account = named === undefined ? platformOf(world) : world.account(named);
  if (!account || account.role === 'fees' || account.role === 'cards') {
    throw refuse(call.operation, 'PAYEE_ACCOUNT_INVALID', { field: `${field}/payee` });
  }
  if (account.state === 'closed') throw refuse(call.operation, 'PAYEE_ACCOUNT_LOCKED_OR_CLOSED');
  if (account.state === 'restricted') throw refuse(call.operation, 'PAYEE_ACCOUNT_RESTRICTED');
  return account.payerId;
}

const SUBTRACTED = new Set(['shipping_discount', 'discount']);

/** The parts of an amount have to add up, and items to their total. */
function checkBreakdown(call: Call, unit: UnitRequest, money: Money, field: string): void {
  const parts = Object.entries(unit.amount.breakdown ?? {}).map(
    ([name, amount]) => [name, readMoney(call, amount, `${field}/amount/breakdown/${name}`).minor] as const,
  );
  if (parts.length > 0) {
    const sum = parts.reduce((total, [name, minor]) => total + (SUBTRACTED.has(name) ? -minor : minor), 0);
    if (sum !== money.minor) throw refuse(call.operation, 'AMOUNT_MISMATCH', { field: `${field}/amount/value` });
  }
  if (!unit.items) return;
  const total = parts.find(([name]) => name === 'item_total')?.[1];
  if (total === undefined) throw refuse(call.operation, 'ITEM_TOTAL_REQUIRED', { field: `${field}/amount/breakdown` });
  const items = unit.items.reduce(
    (sum, { unit_amount: price, quantity }) => sum + readMoney(call, price, `${field}/items`).minor * Number(quantity),
    0,
  );
  if (items !== total) throw refuse(call.operation, 'ITEM_TOTAL_MISMATCH', { field: `${field}/amount/breakdown` });
}

/** What concerns the units of an order together. */
function checkTogether(call: Call, requested: UnitRequest[], units: PurchaseUnit[]): void {
  if (units.length < 2) return;
  if (requested.some((unit) => unit.reference_id === undefined)) throw refuse(call.operation, 'REFERENCE_ID_REQUIRED');
  if (new Set(units.map((unit) => unit.referenceId)).size < units.length) {
    throw refuse(call.operation, 'DUPLICATE_REFERENCE_ID');
  }
  if (new Set(units.map((unit) => unit.money.currency)).size > 1) throw refuse(call.operation, 'MULTI_CURRENCY_ORDER');
}
