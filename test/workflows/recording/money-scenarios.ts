import { moneyRequestId } from '../../../workflows/messages/money-request';
import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { stepUpWorkflowId } from '../../../workflows/messages/step-up';
import { logInAnew } from '../../world/people/browser';
import { openAccount } from '../../world/people/citizens';
import type { ThreadMessage } from '../../world/people/phone';
import { fault, send } from '../../world/simulators';
import type { World } from '../../world/world';
import type { Scenario } from './scenario';
import { finished } from './scenario';

/** Payments, approvals and requests that end within moments. */
export const MONEY_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'payment/paid': async (world) => finished(world, await pay(world, 'send $20 to Lee for pizza', /has arrived/)),

  'payment/declined': async (world) => {
    const on = { method: 'POST', path: '/v2/checkout/orders' };
    const error = { name: 'UNPROCESSABLE_ENTITY', issue: 'INSTRUMENT_DECLINED' };
    await fault(world.paypal, { on, do: { error }, times: 1 });
    return finished(world, await pay(world, 'send $21 to Lee', /was not sent/));
  },

  'payment/refunded': async (world) => {
    const lees = `${world.paypal}/_sim/accounts/${encodeURIComponent(world.lee.email)}`;
    await send(lees, { state: 'closed' }, 'PATCH');
    const refunded = await finished(world, await pay(world, 'send $22 to Lee', /could not be paid/));
    await send(lees, { state: 'ok' }, 'PATCH');
    return refunded;
  },

  'payment/unclaimed-then-claimed': async (world) => {
    const email = `later${Date.now()}@example.com`;
    const payment = await pay(world, `send $23 to ${email}`, /waits there/);
    await openAccount(world, { email, name: 'Sam Later' });
    return finished(world, payment);
  },

  'step-up/approved': (world) => approval(world, 'Approve'),

  'step-up/cancelled': (world) => approval(world, 'Cancel'),

  'money-request/paid': async (world) => {
    const { asked, workflowId } = await request(world, 'request $5 from Lee for pizza');
    const { phone } = world.lee;
    const card = await phone.hears(/Confirm/, (await phone.taps(asked, 'Pay')).since);
    await confirm(world.lee, card);
    return finished(world, workflowId);
  },

  'money-request/declined': async (world) => {
    const { asked, workflowId } = await request(world, 'request $6 from Lee');
    await world.lee.phone.taps(asked, 'Decline');
    return finished(world, workflowId);
  },
};

/** What takes two weeks or a month. */
export const LONG_MONEY_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'payment/unclaimed-then-taken-back': async (world) => ({
    workflowId: await pay(world, `send $24 to never${Date.now()}@example.com`, /waits there/),
  }),

  'money-request/expired': async (world) => ({ workflowId: (await request(world, 'request $7 from Lee')).workflowId }),
};

/** Dana orders, confirms and, where she has to, approves; gives the payment's workflow once she has heard the words. */
export async function pay(world: World, order: string, heard: RegExp): Promise<string> {
  const { phone, key } = world.dana;
  const card = await phone.hears(/Confirm/, await phone.says(order));
  await phone.hears(heard, await confirm(world.dana, card));
  const [latest] = await world.store.payments.ofPayer(key, 1);
  return paymentWorkflowId(latest?.paymentId ?? '');
}

/** Taps Confirm, and approves after a fresh login where that is asked for; gives how long the thread was before. */
async function confirm({ phone, email }: World['dana'], card: ThreadMessage): Promise<number> {
  const { since } = await phone.taps(card, 'Confirm');
  const answer = await phone.hears(/Approve payment|on its way/, since);
  if (!answer.text?.includes('on its way')) {
    await (await logInAnew(phone, answer, 'Approve payment', email)).press('Approve');
  }
  return since;
}

/** The fresh login of a first payment to somebody, and the button that is pressed there. */
async function approval(world: World, button: 'Approve' | 'Cancel'): Promise<{ workflowId: string }> {
  const { phone, email } = world.dana;
  const stranger = `stranger${Date.now()}@example.com`;
  await openAccount(world, { email: stranger, name: 'Stu Ranger' });
  const card = await phone.hears(/Confirm/, await phone.says(`send $3 to ${stranger}`));
  const asked = await phone.hears(/Approve payment/, (await phone.taps(card, 'Confirm')).since);
  const browser = await logInAnew(phone, asked, 'Approve payment', email);
  const stepUpId = new URL(browser.url).searchParams.get('step') ?? '';
  await browser.press(button);
  return finished(world, stepUpWorkflowId(stepUpId));
}

/** Dana asks Lee for money; gives what Lee hears, and the request's workflow. */
async function request(world: World, words: string): Promise<{ asked: ThreadMessage; workflowId: string }> {
  const { dana, lee, store } = world;
  const heard = (await lee.phone.thread()).length;
  const card = await dana.phone.hears(/Send request/, await dana.phone.says(words));
  await dana.phone.taps(card, 'Send request');
  const asked = await lee.phone.hears(/Dana asks you/, heard);
  const latest = await store.requests.latestOf(dana.key);
  return { asked, workflowId: moneyRequestId(latest?.requestId ?? '') };
}
