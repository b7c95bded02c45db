import type { Operation } from '../api/call';
import { Refusal } from '../api/refusal';
import { giveBack } from '../checkout/refunds';
import { amountV2 } from '../money/amounts';
import { newDisputeId } from '../state/ids';
import type { Capture, Dispute } from '../state/records';
import { isoTime } from '../state/world';
import type { World } from '../state/world';
import { publish } from '../webhooks/publish';
import type { EventType } from '../webhooks/event-types';

/** A dispute as it is answered and as events carry it: `dispute_id`, no `id`. */
function disputeView(world: World, dispute: Dispute): Record<string, unknown> {
  const capture = world.captures.get(dispute.captureId);
  if (!capture) throw new Error(`the dispute ${dispute.id} has no capture`);
  const seller = world.accountOf(capture.payeeId);
  const buyer = world.accountOf(capture.payerId);
  const self = `${world.settings.baseUrl}/v1/customer/disputes/${dispute.id}`;
  return {
    dispute_id: dispute.id,
    create_time: new Date(dispute.createdAt).toISOString(),
    update_time: new Date(dispute.updatedAt).toISOString(),
    disputed_transactions: [
      {
        seller_transaction_id: capture.id,
        ...(capture.invoiceId === undefined ? {} : { invoice_number: capture.invoiceId }),
        ...(capture.customId === undefined ? {} : { custom: capture.customId }),
        buyer: { name: buyer.name },
        seller: { merchant_id: seller.payerId, name: seller.name, email: seller.email },
        items: [],
        seller_protection_eligible: true,
      },
    ],
    reason: dispute.reason,
    status: dispute.status,
    dispute_amount: amountV2(dispute.money),
    ...(dispute.outcome === undefined ? {} : { dispute_outcome: { outcome_code: dispute.outcome } }),
    dispute_life_cycle_stage: 'INQUIRY',
    dispute_channel: 'INTERNAL',
    messages: [
      { posted_by: 'BUYER', time_posted: new Date(dispute.createdAt).toISOString(), content: dispute.message },
    ],
    links: [{ href: self, rel: 'self', method: 'GET' }],
  };
}

function tell(world: World, dispute: Dispute, type: EventType, words: string): void {
  const resource = disputeView(world, dispute);
  publish(world, { type, about: dispute.captureId, summary: `${words} Case # ${dispute.id}`, resource });
}

/** A buyer opens a case about what is left of a capture. */
export function openDispute(world: World, capture: Capture, reason: string, message: string): Dispute {
  const dispute: Dispute = {
    id: newDisputeId(),
    captureId: capture.id,
    status: 'OPEN',
    reason,
    money: { ...capture.money, minor: capture.money.minor - capture.refundedMinor },
    message,
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  world.disputes.set(dispute.id, dispute);
  tell(world, dispute, 'CUSTOMER.DISPUTE.CREATED', 'A new dispute opened with');
  return dispute;
}

/** The case ends. In the buyer's favour what is left of the capture goes back, even below zero. */
export function resolveDispute(world: World, dispute: Dispute, outcome: NonNullable<Dispute['outcome']>): void {
  dispute.status = 'RESOLVED';
  dispute.outcome = outcome;
  dispute.updatedAt = world.now();
  world.disputes.set(dispute.id, dispute);
  const capture = world.captures.get(dispute.captureId);
  if (capture && outcome === 'RESOLVED_BUYER_FAVOUR') reverseCapture(world, capture);
  tell(world, dispute, 'CUSTOMER.DISPUTE.RESOLVED', 'A dispute was resolved with');
}

/** PayPal takes back what is left of a capture and gives it to the payer. Nothing happens if nothing is left. */
export function reverseCapture(world: World, capture: Capture): void {
  const left = capture.money.minor - capture.refundedMinor;
  if (left === 0 || capture.status === 'PENDING' || capture.status === 'DECLINED') return;
  capture.reason = 'CHARGEBACK';
  giveBack(world, capture, {
    kind: 'reversal',
    money: { ...capture.money, minor: left },
    totalMinor: capture.money.minor,
    note: 'Payment reversed',
  });
}

const listDisputes: Operation = {
  method: 'GET',
  path: '/v1/customer/disputes',
  dialect: 'disputes',
  access: 'app',
  run(world, call) {
    const transaction = call.query['disputed_transaction_id'];
    const items = world.disputes
      .values()
      .filter(({ captureId }) => transaction === undefined || captureId === transaction)
      .map((dispute) => ({
        dispute_id: dispute.id,
        create_time: isoTime(dispute.createdAt),
        update_time: isoTime(dispute.updatedAt),
        status: dispute.status,
        reason: dispute.reason,
        dispute_amount: amountV2(dispute.money),
        links: [{ href: `${world.settings.baseUrl}/v1/customer/disputes/${dispute.id}`, rel: 'self', method: 'GET' }],
      }));
    const self = `${world.settings.baseUrl}/v1/customer/disputes`;
    return { status: 200, body: { items, links: [{ href: self, rel: 'self', method: 'GET' }] } };
  },
};

const getDispute: Operation = {
  method: 'GET',
  path: '/v1/customer/disputes/{id}',
  dialect: 'disputes',
  access: 'app',
  run(world, call) {
    const dispute = world.disputes.get(call.params['id'] ?? '');
    if (!dispute) throw new Refusal('RESOURCE_NOT_FOUND', [{ issue: 'INVALID_RESOURCE_ID', location: 'path' }]);
    return { status: 200, body: disputeView(world, dispute) };
  },
};

export const DISPUTE_OPERATIONS: readonly Operation[] = [listDisputes, getDispute];
