import { amountV2, decimal } from '../money/amounts';
import { IN_FLIGHT, transfer } from '../money/bank';
import { feesOf } from '../money/accounts';
import { captureFee } from '../money/fees';
import { newResourceId } from '../state/ids';
import type { Capture, CaptureStatus, Order, PurchaseUnit } from '../state/records';
import type { World } from '../state/world';
import { publish } from '../webhooks/publish';
import type { EventType } from '../webhooks/event-types';
import { captureView } from './capture-views';

/** Where a capture can go from where. A refunded one stays so. */
export const CAPTURE_STATES: Readonly<Record<CaptureStatus, readonly CaptureStatus[]>> = {
  PENDING: ['COMPLETED', 'DECLINED'],
  COMPLETED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  PARTIALLY_REFUNDED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  REFUNDED: [],
  DECLINED: [],
};

/** Moves a capture on. Throws if it cannot go there. */
export function moveCapture(world: World, capture: Capture, to: CaptureStatus): void {
  if (!CAPTURE_STATES[capture.status].includes(to)) throw new Error(`a ${capture.status} capture cannot become ${to}`);
  capture.status = to;
  capture.updatedAt = world.now();
  world.captures.set(capture.id, capture);
}

/**
 * Takes the money of one purchase unit. The payer's balance has been checked. A payer whose charges are reviewed pays
 * into flight; anybody else to the payee at once, less PayPal's fee.
 */
export function takeMoney(world: World, order: Order, unit: PurchaseUnit, payerId: string): Capture {
  const pending = world.accountOf(payerId).reviewed;
  const capture = newCapture(world, order, unit, payerId, pending ? 'PENDING' : 'COMPLETED');
  if (pending) capture.reason = 'PENDING_REVIEW';
  if (unit.invoiceId !== undefined) world.invoices.set(unit.invoiceId, capture.id);
  const money = { from: payerId, money: unit.money, why: 'Payment', reference: capture.id };
  // What a card brings comes from outside: its other side may owe without limit.
  const overdraw = order.cardId !== undefined;
  transfer(world, { ...money, to: pending ? IN_FLIGHT : unit.payeeId, overdraw });
  if (!pending) takeFee(world, capture);
  announceCapture(world, capture);
  return capture;
}

/** A bank has declined the card: nothing moves, and the invoice may be paid again. */
export function noteDeclined(
  world: World,
  order: Order,
  unit: PurchaseUnit,
  payerId: string,
  processorCode: string,
): void {
  const capture = newCapture(world, order, unit, payerId, 'DECLINED');
  capture.processorCode = processorCode;
  announceCapture(world, capture);
}

function newCapture(world: World, order: Order, unit: PurchaseUnit, payerId: string, status: CaptureStatus): Capture {
  const capture: Capture = {
    id: newResourceId(),
    orderId: order.id,
    payerId,
    payeeId: unit.payeeId,
    status,
    money: unit.money,
    feeMinor: captureFee(unit.money),
    refundedMinor: 0,
    refundCount: 0,
    ...(unit.customId === undefined ? {} : { customId: unit.customId }),
    ...(unit.invoiceId === undefined ? {} : { invoiceId: unit.invoiceId }),
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  world.captures.set(capture.id, capture);
  unit.captureId = capture.id;
  return capture;
}

/** A review ends well: the money arrives. */
export function completeCapture(world: World, capture: Capture): void {
  moveCapture(world, capture, 'COMPLETED');
  delete capture.reason;
  transfer(world, {
    from: IN_FLIGHT,
    to: capture.payeeId,
    money: capture.money,
    why: 'Payment',
    reference: capture.id,
  });
  takeFee(world, capture);
  announceCapture(world, capture);
}

/** A review ends badly: the payer has the money back, and the invoice may be paid again. */
export function declineCapture(world: World, capture: Capture): void {
  moveCapture(world, capture, 'DECLINED');
  delete capture.reason;
  if (capture.invoiceId !== undefined) world.invoices.delete(capture.invoiceId);
  transfer(world, {
    from: IN_FLIGHT,
    to: capture.payerId,
    money: capture.money,
    why: 'Payment declined',
    reference: capture.id,
  });
  announceCapture(world, capture);
}

function takeFee(world: World, capture: Capture): void {
  transfer(world, {
    from: capture.payeeId,
    to: feesOf(world).payerId,
    money: { ...capture.money, minor: capture.feeMinor },
    why: 'PayPal fee',
    reference: capture.id,
  });
}

const ANNOUNCEMENTS: Partial<Record<CaptureStatus, [type: EventType, words: string]>> = {
  COMPLETED: ['PAYMENT.CAPTURE.COMPLETED', 'Payment completed for'],
  PENDING: ['PAYMENT.CAPTURE.PENDING', 'Payment pending for'],
  DECLINED: ['PAYMENT.CAPTURE.DENIED', 'Payment denied for'],
};

function announceCapture(world: World, capture: Capture): void {
  const announcement = ANNOUNCEMENTS[capture.status];
  if (!announcement) return;
  const [type, words] = announcement;
  const { currency_code: currency } = amountV2(capture.money);
  publish(world, {
    type,
    about: capture.id,
    summary: `${words} ${currency === 'USD' ? '$ ' : ''}${decimal(capture.money)} ${currency}`,
    resource: captureView(world, capture),
  });
}
