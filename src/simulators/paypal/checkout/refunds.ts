import { z } from 'zod';
import { amountV2Shape, readBody, shortText } from '../api/body';
import { wantsRepresentation } from '../api/call';
import type { Answer, Call, Operation } from '../api/call';
import { GET_PAYMENT_ISSUES, REFUND_ISSUES } from '../api/payment-issues';
import { refuse } from '../api/refusal';
import { decimal, parseAmount } from '../money/amounts';
import { balanceOf, transfer } from '../money/bank';
import { newResourceId } from '../state/ids';
import type { Capture, Money, Refund } from '../state/records';
import type { World } from '../state/world';
import { publish } from '../webhooks/publish';
import { moveCapture } from './captures';
import { captureView, minimalRefundView, refundView } from './capture-views';

/** Payments v2 remembers a PayPal-Request-Id for 45 days. */
const KEY_LIFE_MS = 45 * 86_400_000;

/** PayPal refunds a capture for 180 days. */
const REFUND_WINDOW_MS = 180 * 86_400_000;

/** PayPal documents a largest number of refunds without telling it; ten is ours. */
const MOST_REFUNDS = 10;

const refundRequest = z.looseObject({
  amount: amountV2Shape.optional(),
  custom_id: shortText(127).optional(),
  invoice_id: shortText(127).optional(),
  note_to_payer: shortText(255).optional(),
});

/** Refunds that name an invoice share PayPal's list of invoice ids, in a part of their own. */
const refundInvoice = (id: string): string => `refund\n${id}`;

/** Gives money of a capture back to the payer and tells about it. The caller has checked that it may. */
export function giveBack(
  world: World,
  capture: Capture,
  refund: Omit<Refund, 'id' | 'captureId' | 'createdAt'>,
): Refund {
  const made: Refund = { ...refund, id: newResourceId(), captureId: capture.id, createdAt: world.now() };
  world.refunds.set(made.id, made);
  if (made.invoiceId !== undefined) world.invoices.set(refundInvoice(made.invoiceId), made.id);
  capture.refundedMinor = refund.totalMinor;
  capture.refundCount += 1;
  moveCapture(world, capture, capture.refundedMinor === capture.money.minor ? 'REFUNDED' : 'PARTIALLY_REFUNDED');
  const reversal = refund.kind === 'reversal';
  transfer(world, {
    from: capture.payeeId,
    to: capture.payerId,
    money: refund.money,
    why: reversal ? 'Reversal' : 'Refund',
    reference: made.id,
    overdraw: reversal,
  });
  const { currency } = refund.money;
  publish(world, {
    type: reversal ? 'PAYMENT.CAPTURE.REVERSED' : 'PAYMENT.CAPTURE.REFUNDED',
    about: made.id,
    summary: `A ${currency === 'USD' ? '$ ' : ''}${decimal(refund.money)} ${currency} capture payment was ${reversal ? 'reversed' : 'refunded'}`,
    resource: refundView(world, made),
  });
  return made;
}

function checkRefundable(world: World, call: Call, capture: Capture): void {
  if (capture.status === 'PENDING') throw refuse(call.operation, 'PENDING_CAPTURE');
  if (capture.status === 'DECLINED') throw refuse(call.operation, 'REFUND_NOT_ALLOWED');
  if (capture.reason === 'CHARGEBACK') throw refuse(call.operation, 'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK');
  if (capture.status === 'REFUNDED') throw refuse(call.operation, 'CAPTURE_FULLY_REFUNDED');
  if (capture.createdAt + REFUND_WINDOW_MS <= world.now()) throw refuse(call.operation, 'REFUND_TIME_LIMIT_EXCEEDED');
  if (capture.refundCount >= MOST_REFUNDS) throw refuse(call.operation, 'MAX_NUMBER_OF_REFUNDS_EXCEEDED');
  if (world.accountOf(capture.payerId).state === 'closed') {
    throw refuse(call.operation, 'PAYER_ACCOUNT_LOCKED_OR_CLOSED');
  }
}

function amountToRefund(world: World, call: Call, capture: Capture, asked?: z.infer<typeof amountV2Shape>): Money {
  const left = { ...capture.money, minor: capture.money.minor - capture.refundedMinor };
  if (!asked) return left;
  const field = { field: '/amount/value', value: String(asked.value), location: 'body' as const };
  const money = parseAmount(asked.currency_code, asked.value);
  if (money === 'INVALID_PARAMETER_SYNTAX' || money === 'MAX_VALUE_EXCEEDED') {
    throw refuse(call.operation, 'INVALID_PARAMETER_SYNTAX', field);
  }
  if (typeof money === 'string') throw refuse(call.operation, money, field);
  if (money.minor === 0) throw refuse(call.operation, 'CANNOT_BE_ZERO_OR_NEGATIVE', field);
  if (money.currency !== capture.money.currency)
    throw refuse(call.operation, 'REFUND_CAPTURE_CURRENCY_MISMATCH', field);
  if (money.minor > left.minor) throw refuse(call.operation, 'REFUND_AMOUNT_EXCEEDED', field);
  const disputed = world.disputes
    .values()
    .some(({ captureId, status }) => captureId === capture.id && status === 'OPEN');
  if (disputed && money.minor < left.minor) throw refuse(call.operation, 'TRANSACTION_DISPUTED');
  return money;
}

const answerRefund = (world: World, refund: Refund, call: Call): Answer => ({
  status: 201,
  body: wantsRepresentation(call) ? refundView(world, refund) : minimalRefundView(world, refund),
  resource: refund.id,
});

const refundCapture: Operation = {
  method: 'POST',
  path: '/v2/payments/captures/{capture_id}/refund',
  dialect: 'payments',
  access: 'app',
  issues: REFUND_ISSUES,
  mockable: true,
  key: {
    lifeMs: KEY_LIFE_MS,
    required: () => false,
    otherBody: 'first-resource',
    inFlightStatus: 409,
    // 201 again: Payments v2 documents no 200 for this operation.
    again(world, id, call) {
      const refund = world.refunds.get(id);
      if (!refund) throw new Error(`the refund ${id} of a remembered key is missing`);
      return answerRefund(world, refund, call);
    },
  },
  run(world, call) {
    const capture = world.captures.get(call.params['capture_id'] ?? '');
    if (!capture) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: 'capture_id', location: 'path' });
    const request = readBody(call, refundRequest);
    checkRefundable(world, call, capture);
    const money = amountToRefund(world, call, capture, request.amount);
    if (request.invoice_id !== undefined && world.invoices.has(refundInvoice(request.invoice_id))) {
      throw refuse(call.operation, 'DUPLICATE_INVOICE_ID');
    }
    if (balanceOf(world.accountOf(capture.payeeId), money.currency) < money.minor) {
      throw refuse(call.operation, 'REFUND_FAILED_INSUFFICIENT_FUNDS');
    }
    const refund = giveBack(world, capture, {
      kind: 'refund',
      money,
      totalMinor: capture.refundedMinor + money.minor,
      ...(request.custom_id === undefined ? {} : { customId: request.custom_id }),
      ...(request.invoice_id === undefined ? {} : { invoiceId: request.invoice_id }),
      ...(request.note_to_payer === undefined ? {} : { note: request.note_to_payer }),
    });
    return answerRefund(world, refund, call);
  },
};

const getCapture: Operation = {
  method: 'GET',
  path: '/v2/payments/captures/{capture_id}',
  dialect: 'payments',
  access: 'app',
  issues: GET_PAYMENT_ISSUES,
  mockable: true,
  run(world, call) {
    const capture = world.captures.get(call.params['capture_id'] ?? '');
    if (!capture) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: 'capture_id', location: 'path' });
    return { status: 200, body: captureView(world, capture) };
  },
};

const getRefund: Operation = {
  method: 'GET',
  path: '/v2/payments/refunds/{refund_id}',
  dialect: 'payments',
  access: 'app',
  issues: GET_PAYMENT_ISSUES,
  mockable: true,
  run(world, call) {
    const refund = world.refunds.get(call.params['refund_id'] ?? '');
    if (!refund) throw refuse(call.operation, 'INVALID_RESOURCE_ID', { field: 'refund_id', location: 'path' });
    return { status: 200, body: refundView(world, refund) };
  },
};

export const PAYMENT_OPERATIONS: readonly Operation[] = [getCapture, refundCapture, getRefund];
