import { randomUUID } from 'node:crypto';
import { isGrpcServiceError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Wallet } from '../../src/domain/money/wallet';
import type { WalletLinking } from '../../src/domain/linking/identity-provider';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import { createPayPal } from '../../src/wallets/paypal';
import { aftercareWorkflowId } from '../../workflows/messages/aftercare';
import type { PaymentResult, PaymentStatus } from '../../workflows/messages/payment';
import { paymentWorkflowId, statusQuery } from '../../workflows/messages/payment';
import { accountOf } from '../world/people/citizens';
import { advance } from '../world/simulators';
import { query } from '../world/time';
import { startTimeSkipping } from '../world/servers/time-skipping';
import { eventually } from '../world/waiting';
import type { World, WorldOptions } from '../world/world';
import { openWorld } from '../world/world';

/** The code of gRPC. */
const NOT_FOUND = 5;

/** Steps of creeping, in hours, and the real time after each, in milliseconds: what was repeated is done by then. */
const CREEP_HOURS = 3;
const MOMENT_MS = 250;

/** Where a payment stands with an owner. */
const OWNED: ReadonlySet<PaymentStatus> = new Set(['unclaimed', 'needs-operator']);

/** The wallet of the application, with what a test changes about it. */
export type Bent = (wallet: Wallet & WalletLinking) => Partial<Wallet & WalletLinking>;

/** A world in which payments are begun without a chat, so that a test is about money alone. */
export interface Bench {
  world: World;
  /** Begins a payment of Dana's, under a given id or a new one; gives its id. */
  pays(to: string, cents: number, id?: string): Promise<string>;
  /** Waits until the payment has asked PayPal for its charge. */
  charging(paymentId: string): Promise<void>;
  /** How the payment's own run ended. */
  ended(paymentId: string): Promise<PaymentResult>;
  /** Waits until the payment's own run stands here, and, where a person has to know, until it is in the money queue. */
  stands(paymentId: string, status: PaymentStatus): Promise<void>;
  /** Waits until nothing looks after the payment any more. */
  cared(paymentId: string): Promise<void>;
  /** Lets an activity that waits for its next attempt make it now; one that is not there has been made. */
  tryNow(workflowId: string, activity: string): Promise<void>;
  /** What is open about a payment. */
  openKinds(paymentId: string): Promise<string[]>;
  /** The ledger's account of one payment, in minor units by account; accounts at zero are left out. */
  books(paymentId: string): Promise<Record<string, number>>;
  /** Lets hours pass at PayPal, and for the age of its keys as the application judges it. */
  ages(hours: number): Promise<void>;
  close(): Promise<void>;
}

/** A bench on the shared dev server, where time is real. */
export async function openBench(bent: Bent = () => ({}), options: WorldOptions = {}): Promise<Bench> {
  const made: { wallet?: Wallet & WalletLinking } = {};
  // The application's wallet needs the simulator's address, which is known once the world stands.
  const later = new Proxy({} as Wallet & WalletLinking, {
    get: (_target, name) => made.wallet?.[name as keyof Wallet],
  });
  let aged = 0;
  const now = (): number => Date.now() + aged;
  const world = await openWorld({ ...options, dependencies: { wallet: later }, now });
  const real = createPayPal({ apiUrl: world.paypal, webUrl: world.paypal, ...world.paypalClient, now });
  made.wallet = { ...real, ...bent(real) };
  return {
    world,
    async pays(to, cents, paymentId = randomUUID()) {
      const amount = { minor: cents, currency: 'USD' } as const;
      const payer = { payerKey: world.dana.key, linkId: (await world.store.links.active(world.dana.key))?.linkId };
      const lee = { payeeKey: world.lee.key, payeeName: 'Lee Wong' };
      const payee = to === world.lee.email ? lee : { payeeName: to };
      const expiresAt = new Date(Date.now() + 900_000);
      await world.store.payments.draft({
        paymentId,
        ...payer,
        ...payee,
        payeeEmail: to,
        amount,
        expiresAt,
      });
      await world.store.payments.move(paymentId, ['draft'], 'started');
      await world.gateway.startPayment({ paymentId, payerKey: world.dana.key, amount, rollout: LAUNCH_DECISION });
      return paymentId;
    },
    async charging(paymentId) {
      await eventually('the charge is asked for', async () =>
        (await world.store.payments.stepsOf(paymentId)).some(({ step }) => step === 'charge'),
      );
    },
    ended: (paymentId) => world.client.workflow.getHandle(paymentWorkflowId(paymentId)).result(),
    async stands(paymentId, status) {
      const handle = world.client.workflow.getHandle(paymentWorkflowId(paymentId));
      await eventually(`the payment is ${status}`, async () => (await handle.query(statusQuery)) === status);
      if (!OWNED.has(status)) return;
      // What the run shows is written down a moment later.
      await eventually('it has an owner', async () => (await world.store.cases.openOf(paymentId)).length > 0);
    },
    async cared(paymentId) {
      await eventually('nothing looks after the payment', async () => !(await world.gateway.isLookedAfter(paymentId)));
      const handle = world.client.workflow.getHandle(aftercareWorkflowId(paymentId));
      await handle.result().catch(nothingWasNeeded);
    },
    async tryNow(workflowId, activity) {
      const asked = { namespace: 'default', execution: { workflowId }, type: activity };
      await world.client.workflowService.resetActivity(asked).catch((error: unknown) => {
        if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
      });
    },
    openKinds: async (paymentId) => (await world.store.cases.openOf(paymentId)).map(({ kind }) => kind),
    async books(paymentId) {
      const sums: Record<string, number> = {};
      for (const { account, amount } of await world.store.ledger.entriesOf(paymentId)) {
        sums[account] = (sums[account] ?? 0) + amount.minor;
      }
      return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0));
    },
    async ages(hours) {
      aged += hours * 3_600_000;
      await advance(world.paypal, `PT${hours}H`);
    },
    close: () => world.close(),
  };
}

function nothingWasNeeded(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'WorkflowNotFoundError') throw error;
}

/** A bench whose time is skipped: Temporal's, the application's and PayPal's go on together. */
export interface TimedBench extends Bench {
  env: TestWorkflowEnvironment;
  /** Lets so many hours pass for everybody. */
  skip(hours: number): Promise<void>;
  /**
   * The same in short steps, with a moment of real time after each. The server holds time still for the first attempt of
   * an activity and not for those that follow, so where calls are repeated it would run past their time-outs.
   */
  creep(hours: number): Promise<void>;
}

export async function openTimedBench(bent: Bent = () => ({}), options: WorldOptions = {}): Promise<TimedBench> {
  const env = await startTimeSkipping();
  const bench = await openBench(bent, { ...options, temporalAddress: env.address });
  async function skip(hours: number): Promise<void> {
    await bench.ages(hours);
    await env.sleep(hours * 3_600_000);
  }
  return {
    ...bench,
    env,
    skip,
    async creep(hours) {
      for (let left = hours; left > 0; left -= CREEP_HOURS) {
        await skip(Math.min(left, CREEP_HOURS));
        await new Promise((go) => setTimeout(go, MOMENT_MS));
      }
    },
    async close() {
      await bench.close();
      await env.teardown();
    },
  };
}

/** Where the amount of a payment is: the oracle of every way in which a payment can go. */
export type Whereabouts = 'sender' | 'recipient' | 'held with an owner' | 'nowhere';

/** Finds the amount by what the simulated PayPal has on its accounts, and by what is open at our desk. */
export async function whereabouts(
  bench: Bench,
  paymentId: string,
  { payerBefore, payee, cents }: { payerBefore: number; payee: string; cents: number },
): Promise<Whereabouts> {
  const payerHas = (await centsOf(bench, bench.world.dana.email)) === payerBefore;
  const payeeHas = (await centsOf(bench, payee)) === cents;
  const owned = (await bench.openKinds(paymentId)).length > 0;
  // With both or neither the amount is on our account, or missing from it: somebody has to answer for that.
  if (payerHas === payeeHas) return owned ? 'held with an owner' : 'nowhere';
  return payerHas ? 'sender' : 'recipient';
}

/** What an account of the simulated PayPal has, in cents; 0 for one that does not exist. */
export async function centsOf({ world }: Bench, email: string): Promise<number> {
  const { balances } = await accountOf(world.paypal, email);
  return Math.round(Number(balances?.['USD'] ?? '0') * 100);
}

/** Whether the application's books of all payments agree with what the simulated PayPal has of ours, but for its float. */
export async function floatOf({ world }: Bench): Promise<number> {
  const accounts = (await (await fetch(`${world.paypal}/_sim/accounts`)).json()) as {
    accounts: { email: string; balances: Record<string, string> }[];
  };
  const ours = accounts.accounts.find(({ email }) => email.startsWith('payments@'));
  const [books] = await query(
    world,
    `select coalesce(sum(amount_minor), 0)::int as minor from ledger_entries where account = 'paypal-balance'`,
  );
  return Math.round(Number(ours?.balances['USD'] ?? '0') * 100) - Number(books?.['minor']);
}
