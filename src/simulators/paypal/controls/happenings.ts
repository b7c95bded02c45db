import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { answerInvalid } from '../../control/validation';
import { CAPTURE_STATES, completeCapture, declineCapture } from '../checkout/captures';
import { moveItem } from '../payouts/settlement';
import { ITEM_STATES } from '../payouts/states';
import { openDispute, resolveDispute, reverseCapture } from '../reporting/disputes';
import type { Capture, PayoutItem } from '../state/records';
import type { World } from '../state/world';

const captureDecision = z.strictObject({ status: z.enum(['COMPLETED', 'DECLINED']) });

const itemDecision = z.strictObject({ status: z.enum(['SUCCESS', 'BLOCKED', 'RETURNED', 'REFUNDED', 'REVERSED']) });

const reversal = z.strictObject({ captureId: z.string() });

const newDispute = z.strictObject({
  captureId: z.string(),
  reason: z.string().default('MERCHANDISE_OR_SERVICE_NOT_RECEIVED'),
  message: z.string().default('I do not know this payment.'),
});

const disputeOutcome = z.strictObject({ outcome: z.enum(['RESOLVED_BUYER_FAVOUR', 'RESOLVED_SELLER_FAVOUR']) });

const missing = (res: Response, what: string): void => {
  res.status(404).json({ message: `no ${what}` });
};

const impossible = (res: Response, what: string, from: string, to: string): void => {
  res.status(409).json({ message: `a ${what} that is ${from} cannot become ${to}` });
};

/**
 * Controls of what PayPal or a buyer decides: a review (`POST /_sim/captures/:id {status}`), a payout item's fate
 * (`POST /_sim/payout-items/:id {status}`), a reversal (`POST /_sim/reversals {captureId}`), a dispute
 * (`POST /_sim/disputes {captureId}`, `POST /_sim/disputes/:id {outcome}`). Each tells listeners as PayPal would.
 */
export function happeningControls(world: World, routes: Router): void {
  const captureOf = (res: Response, id: string): Capture | undefined => {
    const capture = world.captures.get(id);
    if (!capture) missing(res, `capture ${id}`);
    return capture;
  };

  routes.post('/_sim/captures/:id', async (req: Request<{ id: string }>, res) => {
    const body = captureDecision.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    const capture = captureOf(res, req.params.id);
    if (!capture) return;
    const { status } = body.data;
    if (!CAPTURE_STATES[capture.status].includes(status)) return impossible(res, 'capture', capture.status, status);
    if (status === 'COMPLETED') completeCapture(world, capture);
    else declineCapture(world, capture);
    await world.documents.commit();
    res.json({ id: capture.id, status: capture.status });
  });

  routes.post('/_sim/payout-items/:id', async (req: Request<{ id: string }>, res) => {
    const body = itemDecision.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    const item: PayoutItem | undefined = world.items.get(req.params.id);
    if (!item) return missing(res, `payout item ${req.params.id}`);
    const { status } = body.data;
    const unowned = status === 'SUCCESS' && item.payerId === undefined;
    if (unowned || item.status === 'PENDING' || !ITEM_STATES[item.status].includes(status)) {
      return impossible(res, 'payout item', item.status, status);
    }
    moveItem(world, item, status === 'BLOCKED' ? { status, error: 'RISK_DECLINE' } : { status });
    await world.documents.commit();
    res.json({ id: item.id, status: item.status });
  });

  routes.post('/_sim/reversals', async (req, res) => {
    const body = reversal.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    const capture = captureOf(res, body.data.captureId);
    if (!capture) return;
    if (!CAPTURE_STATES[capture.status].includes('REFUNDED')) {
      return impossible(res, 'capture', capture.status, 'REVERSED');
    }
    reverseCapture(world, capture);
    await world.documents.commit();
    res.status(201).json({ captureId: capture.id, status: capture.status });
  });

  routes.post('/_sim/disputes', async (req, res) => {
    const body = newDispute.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    const capture = captureOf(res, body.data.captureId);
    if (!capture) return;
    const dispute = openDispute(world, capture, body.data.reason, body.data.message);
    await world.documents.commit();
    res.status(201).json({ disputeId: dispute.id });
  });

  routes.post('/_sim/disputes/:id', async (req: Request<{ id: string }>, res) => {
    const body = disputeOutcome.safeParse(req.body);
    if (!body.success) return answerInvalid(res, body.error);
    const dispute = world.disputes.get(req.params.id);
    if (!dispute) return missing(res, `dispute ${req.params.id}`);
    if (dispute.status === 'RESOLVED') return impossible(res, 'dispute', dispute.status, dispute.status);
    resolveDispute(world, dispute, body.data.outcome);
    await world.documents.commit();
    res.json({ disputeId: dispute.id, status: dispute.status });
  });
}
