import { randomUUID } from 'node:crypto';
import { aftercareWorkflowId } from '../../../workflows/messages/aftercare';
import { DAILY_BOOKS, SWEEP_MONEY } from '../../../workflows/messages/schedules';
import { send } from '../../world/simulators';
import { eventually } from '../../world/waiting';
import type { World } from '../../world/world';
import { pay } from './money-scenarios';
import type { Scenario } from './scenario';
import { finished } from './scenario';

/** What happens to money after a payment's end, and by schedule. */
export const AFTERCARE_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'aftercare/sent-back': async (world) => {
    const paymentId = await paid(world, 'send $25 to Lee');
    const itemId = await world.store.payments.providerId(paymentId, 'payout', 'itemId');
    await send(`${world.paypal}/_sim/payout-items/${itemId}`, { status: 'REFUNDED' });
    const isBack = async () => (await world.store.payments.find(paymentId))?.state === 'refunded';
    await eventually('it is back', isBack);
    return finished(world, aftercareWorkflowId(paymentId));
  },

  'aftercare/loss-accepted': async (world) => {
    const paymentId = await paid(world, 'send $26 to Lee');
    const captureId = await world.store.payments.providerId(paymentId, 'charge', 'captureId');
    await send(`${world.paypal}/_sim/reversals`, { captureId });
    await eventually('a case', async () => (await world.store.cases.openOf(paymentId)).length > 0);
    await world.gateway.settlePayment(paymentId, { operator: 'Olga', proven: 'loss-accepted', evidence: 'TICKET-7' });
    return finished(world, aftercareWorkflowId(paymentId));
  },

  'schedule/daily-books': (world) => scheduled(world, DAILY_BOOKS),

  'schedule/sweep-money': (world) => scheduled(world, SWEEP_MONEY),
};

async function paid(world: World, order: string): Promise<string> {
  const workflowId = await pay(world, order, /has arrived/);
  await finished(world, workflowId);
  return workflowId.slice(workflowId.indexOf('/') + 1);
}

async function scheduled(world: World, type: string): Promise<{ workflowId: string }> {
  const workflowId = `${type}-${randomUUID()}`;
  await world.client.workflow.start(type, { workflowId, taskQueue: world.taskQueues.money });
  return finished(world, workflowId);
}
