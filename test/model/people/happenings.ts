import { randomUUID } from 'node:crypto';
import { conversationId } from '../../../workflows/messages/conversation';
import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { Refused } from '../../../src/temporal/gateway';
import { openAccount } from '../../world/people/citizens';
import { send } from '../../world/simulators';
import { query } from '../../world/time';
import { eventually } from '../../world/waiting';
import { statementSince } from '../oracles/statement';
import type { Step } from '../plan/steps';
import { LINKED } from '../plan/steps';
import type { Scene } from './scene';

/** Payments of a scenario that are looked at to find the newest in some state. */
const NEWEST = 10;

/** Somebody opens an account under the stranger's address: what was sent there is theirs. */
export async function claims({ world, stranger }: Scene): Promise<void> {
  await openAccount(world, { email: stranger, name: 'Somebody New' }).catch(alreadyOpen);
}

/** PayPal takes a charge back, or the payee sends back what arrived. */
export async function reverses(scene: Scene, { what }: Extract<Step, { do: 'reverse' }>): Promise<void> {
  const { store, paypal } = scene.world;
  const paymentId = await newestPaid(scene);
  if (paymentId === undefined) return;
  if (what === 'charge') {
    const captureId = await store.payments.providerId(paymentId, 'charge', 'captureId');
    await send(`${paypal}/_sim/reversals`, { captureId }).catch(notPossible);
  } else {
    const itemId = (await store.payments.payoutOf(paymentId))?.itemId;
    if (itemId) await send(`${paypal}/_sim/payout-items/${itemId}`, { status: 'REFUNDED' }).catch(notPossible);
  }
}

/** The payer disputes the newest payment at PayPal. */
export async function disputes(scene: Scene): Promise<void> {
  const { store, paypal } = scene.world;
  const paymentId = await newestPaid(scene);
  if (paymentId === undefined) return;
  const captureId = await store.payments.providerId(paymentId, 'charge', 'captureId');
  await send(`${paypal}/_sim/disputes`, { captureId }).catch(notPossible);
}

/**
 * An operator ends the newest payment's run at the wrong moment. The server that skips time stands still for ever when a
 * run ends in the middle of a task, so it is a run that has been waiting for people for a while.
 */
export async function terminates(scene: Scene): Promise<void> {
  const { world, people } = scene;
  const keys = LINKED.map((who) => people[who].key);
  const [newest] = await query(
    world,
    `select payment_id from payments where payer_key = any($1) and ${AT_REST}
     order by created_at desc limit 1`,
    [keys],
  );
  if (!newest) return;
  const handle = world.client.workflow.getHandle(paymentWorkflowId(String(newest['payment_id'])));
  await handle.terminate('by an operator').catch(notPossible);
}

/** In a state in which a payment waits for people, and long enough for what led to it to be over. */
const AT_REST = `state in ('unclaimed', 'held', 'needs-operator') and changed_at < now() - interval '2 seconds'`;

/** An operator stops the newest payment where it can be stopped, and lets it go on or end. */
export async function holds(scene: Scene, { until }: Extract<Step, { do: 'hold' }>): Promise<void> {
  const paymentId = await eventually('a payment has begun', () => begun(scene), BEGUN_WITHIN_MS).catch(() => undefined);
  if (paymentId === undefined) return;
  const wish = { by: 'operator' } as const;
  try {
    await scene.world.gateway.askPayment(paymentId, 'hold', wish);
    if (until !== 'left') await scene.world.gateway.askPayment(paymentId, until, wish);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** So long an operator waits for a payment to begin, in milliseconds of real time. */
const BEGUN_WITHIN_MS = 8_000;

/** A payment that has begun and not been charged yet. */
async function begun({ world, people }: Scene): Promise<string | undefined> {
  const keys = LINKED.map((who) => people[who].key);
  const [row] = await query(world, BEGUN, [keys]);
  return row && String(row['payment_id']);
}

const BEGUN = `select payment_id from payments where payer_key = any($1) and state = 'started' limit 1`;

export async function restricts(scene: Scene, { who, state }: Extract<Step, { do: 'restrict' }>): Promise<void> {
  const { email } = scene.people[who];
  await send(`${scene.world.paypal}/_sim/accounts/${encodeURIComponent(email)}`, { state }, 'PATCH');
}

/** PayPal looks at everything that this account pays or is paid from now on. */
export async function isReviewed(scene: Scene, { who }: Extract<Step, { do: 'review' }>): Promise<void> {
  const { email } = scene.people[who];
  await send(`${scene.world.paypal}/_sim/accounts/${encodeURIComponent(email)}`, { reviewed: true }, 'PATCH');
}

/** PayPal decides what it has been looking at. */
export async function decides(scene: Scene, { well }: Extract<Step, { do: 'decide' }>): Promise<void> {
  const { paypal, store } = scene.world;
  const statement = await statementSince(scene.world, Date.now() - STATEMENT_MS);
  for (const { paymentId } of await paymentsOf(scene)) {
    const capture = statement.get(paymentId)?.reviewed;
    const status = well ? 'COMPLETED' : 'DECLINED';
    if (capture !== undefined) await send(`${paypal}/_sim/captures/${capture}`, { status }).catch(notPossible);
    const payout = await store.payments.payoutOf(paymentId);
    if (payout?.state !== 'held' || payout.itemId === undefined) continue;
    const fate = well ? 'SUCCESS' : 'BLOCKED';
    await send(`${paypal}/_sim/payout-items/${payout.itemId}`, { status: fate }).catch(notPossible);
  }
}

/** As far back as PayPal shows at once, in milliseconds. */
const STATEMENT_MS = 30 * 86_400_000;

/** A person of the desk takes the conversation, and perhaps answers and ends it. */
export async function isJoined(scene: Scene, { who, answers }: Extract<Step, { do: 'person-joins' }>): Promise<void> {
  const { gateway, store, page } = scene.world;
  const person = scene.people[who];
  await person.asks('I want to talk to a real person please');
  if (!answers) return;
  const rep = await store.reps.signIn(`Rep of ${scene.id}`, 'rep');
  const press = () => ({ actionId: randomUUID(), bodyHash: 'h', rep: { id: rep.repId, name: rep.name } });
  const conversation = conversationId(page, person.key);
  try {
    await gateway.act(conversation, 'claim', press());
    await gateway.act(conversation, 'reply', { ...press(), text: 'How can I help?' });
    await person.asks('never mind');
    await gateway.act(conversation, 'resolve', { ...press(), reason: 'answered' });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** Somebody of the page's staff writes in the page's own inbox, and hands the thread back. */
export async function hearsFromInbox(scene: Scene, { who }: Extract<Step, { do: 'inbox' }>): Promise<void> {
  const { psid } = scene.people[who];
  const phone = `${scene.world.messenger}/_sim/people/${psid}`;
  await send(`${phone}/inbox`, { text: 'Hello from the staff' });
  await send(`${phone}/messages`, { text: 'hello staff' });
  await send(`${phone}/inbox/hand-back`, {});
}

async function newestPaid(scene: Scene): Promise<string | undefined> {
  return (await paymentsOf(scene)).find(({ state }) => state === 'paid')?.paymentId;
}

async function paymentsOf({ world, people }: Scene) {
  const each = [people.ann, people.bob, people.eve].map(({ key }) => world.store.payments.ofPayer(key, NEWEST));
  return (await Promise.all(each)).flat().toSorted((one, other) => Number(other.createdAt) - Number(one.createdAt));
}

/** What has moved on in the meantime answers 404 or 409; that is part of the game. */
function notPossible(error: unknown): void {
  if (!/ gave 40[49]|already completed|not found/i.test(String(error))) throw error;
}

function alreadyOpen(error: unknown): void {
  if (!/ gave 409/.test(String(error))) throw error;
}
