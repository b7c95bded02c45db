import { randomUUID } from 'node:crypto';
import { ProviderFailure } from '../../../src/domain/outcomes';
import { DAILY_BOOKS } from '../../../workflows/messages/schedules';
import { fault, send } from '../../world/simulators';
import { eventually } from '../../world/waiting';
import { centsOf, openTimedBench } from '../bench';
import type { TimedBench } from '../bench';

/** What can happen to money that nobody has claimed: by the payee, the payer, time, and the payer's bank. */
const HAPPENINGS = ['claim', 'cancel', 'expiry', 'reversal'] as const;
type Happening = (typeof HAPPENINGS)[number];

/** What can happen to the first answer of every call that moves money. */
const ANSWERS = ['in time', 'lost', 'stalled for 7 hours'] as const;
type AnswerGoes = (typeof ANSWERS)[number];

/** What can happen to PayPal's events. */
export type Events = 'before the answers' | 'days late' | 'twice' | 'never';

/** A task that the server loses is handed out again when its attempt has timed out, in real time. */
const MODE_TAKES_MS = 400_000;

const CENTS = 100;
const DAY = 24;

interface Course {
  order: readonly Happening[];
  answer: AnswerGoes;
  payee: string;
  paymentId: string;
}

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length <= 1) return [[...of]];
  return of.flatMap((first, place) => permutations(of.toSpliced(place, 1)).map((rest) => [first, ...rest]));
}

/** Every order of every choice of them; time goes by in each. */
function orders(): Happening[][] {
  const [claim, cancel, , reversal] = HAPPENINGS;
  const choices = [[], [claim], [cancel], [reversal], [claim, cancel], [claim, reversal], [cancel, reversal]];
  return [...choices, [claim, cancel, reversal]].flatMap((chosen) => permutations([...chosen, 'expiry' as const]));
}

/** The test of every order with one fate of the events; each fate has a file, so that they run side by side. */
export function everyOrder(events: Events): void {
  describe('In every order of claim, cancellation, expiry and reversal', () => {
    let bench: TimedBench;
    let eventsFirst = false;
    /** How the answers about each payment go; which payment a batch or an item is of; which calls were struck already. */
    const goes = new Map<string, AnswerGoes>();
    const paymentOf = new Map<string, string>();
    const struck = new Set<string>();

    beforeEach(async () => {
      bench = await openTimedBench((real) => ({
        charge: (request) => struckOnce(request.paymentId, 'charge', () => real.charge(request)),
        payOut: (request) =>
          struckOnce(request.paymentId, 'payOut', async () => {
            const made = await real.payOut(request);
            paymentOf.set(made.batchId, request.paymentId);
            return made;
          }),
        async findPayout(batchId) {
          const payout = await real.findPayout(batchId);
          if (payout.itemId) paymentOf.set(payout.itemId, paymentOf.get(batchId) ?? '');
          return payout;
        },
        cancelPayout: (itemId) => struckOnce(paymentOf.get(itemId) ?? '', 'cancel', () => real.cancelPayout(itemId)),
        refund: (request) => struckOnce(request.key.split(':')[0] ?? '', 'refund', () => real.refund(request)),
      }));
    });
    afterEach(() => bench.close());

    async function struckOnce<T>(paymentId: string, call: string, carryOut: () => Promise<T>): Promise<T> {
      const answer = await carryOut();
      if (eventsFirst) await new Promise((go) => setTimeout(go, 100));
      const how = goes.get(paymentId);
      const known = struck.has(`${paymentId} ${call}`);
      struck.add(`${paymentId} ${call}`);
      if (known || how === undefined || how === 'in time') return answer;
      const retryAfterMs = how === 'lost' ? 100 : 7 * 3_600_000;
      throw new ProviderFailure('unknown', 'timed-out', { providerCode: 'LOST', retryAfterMs });
    }

    async function happens({ paymentId, payee }: Course, what: Happening | undefined): Promise<void> {
      const { world } = bench;
      // PayPal refuses a reversal of what was given back, and the payment a cancellation that comes too late.
      const refused = (): undefined => undefined;
      if (what === 'claim') {
        await send(`${world.paypal}/_sim/accounts`, { email: payee, name: 'Claimant', country: 'US' });
      } else if (what === 'cancel') {
        await world.gateway.askPayment(paymentId, 'cancel', { by: 'payer' }).catch(refused);
      } else if (what === 'reversal') {
        await send(`${world.paypal}/_sim/reversals`, { captureId: await captureOf(paymentId) }).catch(refused);
      }
    }

    const captureOf = async (paymentId: string): Promise<string> =>
      (await bench.world.store.payments.providerId(paymentId, 'charge', 'captureId')) ?? '';

    /** Days pass one at a time, each with its night. */
    async function dayPasses(): Promise<void> {
      await bench.creep(DAY);
      const { client, taskQueues } = bench.world;
      const night = { workflowId: `night-${randomUUID()}`, taskQueue: taskQueues.money };
      await client.workflow.execute(DAILY_BOOKS, night);
    }

    /** Waits until every payment has ended or waits for an operator. */
    async function atRest(courses: readonly Course[]): Promise<void> {
      for (const { paymentId } of courses) {
        await eventually(
          'the payment rests',
          async () => {
            const state = (await bench.world.store.payments.find(paymentId))?.state ?? '';
            return ['paid', 'refunded', 'reversed', 'declined', 'cancelled', 'needs-operator'].includes(state);
          },
          MODE_TAKES_MS / 4,
        );
      }
    }

    async function token(): Promise<string> {
      const { clientId, clientSecret } = bench.world.paypalClient;
      const answer = await fetch(`${bench.world.paypal}/v1/oauth2/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      });
      return ((await answer.json()) as { access_token: string }).access_token;
    }

    /** Where the amount is, by PayPal's own record of the charge, the payee's account, and our list of cases. */
    async function whereIs({ paymentId, payee }: Course, bearer: string): Promise<string> {
      const answer = await fetch(`${bench.world.paypal}/v2/payments/captures/${await captureOf(paymentId)}`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
      const payerHasIt = ((await answer.json()) as { status: string }).status === 'REFUNDED';
      const payeeHasIt = (await centsOf(bench, payee)) === CENTS;
      if (payerHasIt !== payeeHasIt) return payerHasIt ? 'sender' : 'recipient';
      return (await bench.openKinds(paymentId)).length > 0 ? 'held with an owner' : 'nowhere';
    }

    test(
      `with events ${events} and answers in time, lost or stalled, the money ends in exactly one place`,
      async () => {
        const { world } = bench;
        const payerBefore = await centsOf(bench, world.dana.email);
        const total = JSON.stringify(await world.totals());
        eventsFirst = events === 'before the answers';
        const strike = { 'days late': { dropRequest: true }, never: { dropRequest: true }, twice: { duplicate: true } };
        const ends =
          events === 'before the answers'
            ? undefined
            : await fault(world.paypal, { on: { to: 'webhook' }, do: strike[events] });

        const courses: Course[] = [];
        for (const order of orders()) {
          for (const answer of ANSWERS) {
            const payee = `p${randomUUID().slice(0, 8)}@example.com`;
            const paymentId = await bench.pays(payee, CENTS);
            goes.set(paymentId, answer);
            courses.push({ order, answer, payee, paymentId });
          }
        }
        for (const { paymentId } of courses) await bench.charging(paymentId);
        // Half a day finds a stalled charge in the statement; the next one lets a stalled payout be asked for again.
        await bench.creep(36);
        for (const { paymentId } of courses) await bench.stands(paymentId, 'unclaimed');

        const before = ({ order }: Course) => order.slice(0, order.indexOf('expiry'));
        const after = ({ order }: Course) => order.slice(order.indexOf('expiry') + 1);
        for (let place = 0; place < 3; place++) {
          for (const course of courses) await happens(course, before(course)[place]);
          await dayPasses();
        }
        if (events === 'days late') await ends?.();
        await bench.skip(12 * DAY);
        await bench.skip(12 * DAY);
        await bench.creep(6 * DAY);
        await atRest(courses);
        for (let place = 0; place < 3; place++) {
          for (const course of courses) await happens(course, after(course)[place]);
          await dayPasses();
        }
        await atRest(courses);
        await ends?.();

        const bearer = await token();
        const ended: Record<string, number> = {};
        const lost: Course[] = [];
        let away = 0;
        for (const course of courses) {
          const where = await eventually('it is somewhere', async () => {
            const found = await whereIs(course, bearer);
            return found === 'nowhere' ? undefined : found;
          }).catch(() => 'nowhere');
          ended[where] = (ended[where] ?? 0) + 1;
          if (where === 'nowhere') lost.push(course);
        }
        for (const { paymentId } of courses) {
          const answer = await fetch(`${world.paypal}/v2/payments/captures/${await captureOf(paymentId)}`, {
            headers: { authorization: `Bearer ${bearer}` },
          });
          if (((await answer.json()) as { status: string }).status === 'COMPLETED') away += 1;
        }
        expect(lost).toEqual([]);
        expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(courses.length);
        // Each was charged once, and given back once or not at all: to the cent.
        expect(await centsOf(bench, world.dana.email)).toBe(payerBefore - away * CENTS);
        expect(JSON.stringify(await world.totals())).toBe(total);
        expect(ended['sender']).toBeGreaterThan(20);
        // Claimed before anybody wanted it back, in three orders with every kind of answer.
        expect(ended['recipient']).toBe(9);
      },
      MODE_TAKES_MS,
    );
  });
}
