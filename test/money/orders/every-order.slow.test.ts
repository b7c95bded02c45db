import { randomUUID } from 'node:crypto';
import { DAILY_BOOKS } from '../../../workflows/messages/schedules';
import { accessToken } from '../../world/payouts';
import { send } from '../../world/simulators';
import { eventually } from '../../world/waiting';
import { centsOf, openTimedBench } from '../bench';
import type { TimedBench } from '../bench';
import { ANSWERS, EVENTS, afterExpiry, beforeExpiry, orders } from './courses';
import type { Course, Happening } from './courses';
import { Fates } from './fates';

/** A task that the server loses is handed out again when its attempt has timed out, in real time. */
const TAKES_MS = 800_000;

/** Less than Dana has, over all payments. */
const CENTS = 20;
const DAY = 24;

/** The most happenings that a course has on one side of the expiry. */
const MOST_ON_A_SIDE = 3;

describe('In every order of claim, cancellation, expiry and reversal', () => {
  let bench: TimedBench;
  const fates = new Fates();
  beforeAll(async () => {
    bench = await openTimedBench(fates.wallet, { postOf: (webhook) => fates.post(webhook) });
  });
  afterAll(async () => {
    await bench.close();
    await fates.end();
  });

  test(
    'with events early, late, twice or never and answers in time, lost or stalled, the money ends in exactly one place',
    async () => {
      const { world } = bench;
      const payerBefore = await centsOf(bench, world.dana.email);
      const total = JSON.stringify(await world.totals());

      const courses: Course[] = [];
      for (const order of orders()) {
        for (const events of EVENTS)
          for (const answers of ANSWERS) courses.push(await begun({ order, events, answers }));
      }
      for (const { paymentId } of courses) await bench.charging(paymentId);
      // Half a day finds a stalled charge in the statement; the next one lets a stalled payout be asked for again.
      await bench.creep(36);
      for (const { paymentId } of courses) await bench.stands(paymentId, 'unclaimed');

      await happen(courses, beforeExpiry);
      await fates.lateEventsCome();
      await bench.skip(12 * DAY);
      await bench.skip(12 * DAY);
      await bench.creep(6 * DAY);
      await atRest(courses);
      await happen(courses, afterExpiry);
      await atRest(courses);

      const ends = await whereAllAre(courses);
      expect(ends.filter(({ where }) => where === 'nowhere')).toEqual([]);
      // Each was charged once, and given back once or not at all: to the cent.
      const away = ends.filter(({ charge }) => charge === 'COMPLETED').length;
      expect(await centsOf(bench, world.dana.email)).toBe(payerBefore - away * CENTS);
      expect(JSON.stringify(await world.totals())).toBe(total);
      for (const events of EVENTS) {
        const ended = ends.filter(({ course }) => course.events === events);
        const count = (where: Place): number => ended.filter((end) => end.where === where).length;
        expect(count('sender')).toBeGreaterThan(20);
        // Claimed before anybody wanted it back, in three orders with every kind of answer.
        expect({ events, recipient: count('recipient') }).toEqual({ events, recipient: 9 });
      }
    },
    TAKES_MS,
  );

  async function begun(fate: Pick<Course, 'order' | 'events' | 'answers'>): Promise<Course> {
    const payee = `p${randomUUID().slice(0, 8)}@example.com`;
    const course = { ...fate, payee, paymentId: randomUUID() };
    fates.add(course);
    await bench.pays(payee, CENTS, course.paymentId);
    return course;
  }

  /** Lets happen what is on one side of the expiry, a day after the other. */
  async function happen(courses: readonly Course[], side: (course: Course) => readonly Happening[]): Promise<void> {
    for (let place = 0; place < MOST_ON_A_SIDE; place++) {
      for (const course of courses) await happens(course, side(course)[place]);
      await dayPasses();
    }
  }

  async function happens({ paymentId, payee }: Course, what: Happening | undefined): Promise<void> {
    const { paypal, gateway } = bench.world;
    // PayPal refuses a reversal of what was given back, and the payment a cancellation that comes too late.
    const refused = (): undefined => undefined;
    if (what === 'claim') {
      await send(`${paypal}/_sim/accounts`, { email: payee, name: 'Claimant', country: 'US' });
    } else if (what === 'cancel') {
      await gateway.askPayment(paymentId, 'cancel', { by: 'payer' }).catch(refused);
    } else if (what === 'reversal') {
      await send(`${paypal}/_sim/reversals`, { captureId: await captureOf(paymentId) }).catch(refused);
    }
  }

  async function captureOf(paymentId: string): Promise<string> {
    return (await bench.world.store.payments.providerId(paymentId, 'charge', 'captureId')) ?? '';
  }

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
        async () => RESTING.has((await bench.world.store.payments.find(paymentId))?.state ?? ''),
        TAKES_MS / 4,
      );
    }
  }

  async function whereAllAre(courses: readonly Course[]): Promise<End[]> {
    const bearer = await accessToken(bench.world);
    const ends: End[] = [];
    for (const course of courses) {
      const somewhere = async (): Promise<End | undefined> => {
        const end = await whereIs(course, bearer);
        return end.where === 'nowhere' ? undefined : end;
      };
      ends.push(await eventually('it is somewhere', somewhere).catch(() => whereIs(course, bearer)));
    }
    return ends;
  }

  /** Where the amount is, by PayPal's own record of the charge, the payee's account, and our list of cases. */
  async function whereIs(course: Course, bearer: string): Promise<End> {
    const answer = await fetch(`${bench.world.paypal}/v2/payments/captures/${await captureOf(course.paymentId)}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    const { status: charge } = (await answer.json()) as { status: string };
    const payerHasIt = charge === 'REFUNDED';
    const payeeHasIt = (await centsOf(bench, course.payee)) === CENTS;
    if (payerHasIt !== payeeHasIt) return { course, charge, where: payerHasIt ? 'sender' : 'recipient' };
    const owned = (await bench.openKinds(course.paymentId)).length > 0;
    return { course, charge, where: owned ? 'held with an owner' : 'nowhere' };
  }
});

const RESTING: ReadonlySet<string> = new Set([
  'paid',
  'refunded',
  'reversed',
  'declined',
  'cancelled',
  'needs-operator',
]);

type Place = 'sender' | 'recipient' | 'held with an owner' | 'nowhere';

interface End {
  course: Course;
  /** PayPal's state of the charge. */
  charge: string;
  where: Place;
}
