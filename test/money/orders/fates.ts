import { ProviderFailure } from '../../../src/domain/outcomes';
import { idsIn } from '../../world/ids';
import type { Weather, Weathers } from '../../world/postman';
import { Postman } from '../../world/postman';
import type { Bent } from '../bench';
import type { Course } from './courses';
import { WEATHER_OF } from './courses';

const CAPTURE = /\/captures\/(\w+)/;

/** So much later than their events answers come, where those come first, in milliseconds of real time. */
const ANSWER_AFTER_EVENTS_MS = 100;

/** When an answer that was lost is asked for again, and one that stalled, in milliseconds. */
const AGAIN_AFTER_MS = { lost: 100, 'stalled for 7 hours': 7 * 3_600_000 };

/** Lets each payment's answers and events go the way of its course. */
export class Fates {
  private readonly courses = new Map<string, Course>();
  /** Which payment a capture, a batch or an item of PayPal's is of. */
  private readonly paymentOf = new Map<string, string>();
  private readonly struck = new Set<string>();
  private late = true;
  private postman: Postman | undefined;

  add(course: Course): void {
    this.courses.set(course.paymentId, course);
  }

  /** Brings the events that are days late; what happens from now on is told at once. */
  async lateEventsCome(): Promise<void> {
    this.late = false;
    await this.postman?.bringKept();
  }

  /** Stands between PayPal and the application. */
  async post(application: string): Promise<string> {
    const weathers: Weathers = { of: (body) => Promise.resolve(this.weatherOf(body)) };
    this.postman = await Postman.begin(application, () => weathers);
    return this.postman.address;
  }

  async end(): Promise<void> {
    await this.postman?.end();
  }

  /** The application's wallet, of which the first answer to each call that moves money goes the way of the course. */
  readonly wallet: Bent = (real) => ({
    charge: (request) =>
      this.first(request.paymentId, 'charge', async () => {
        const charge = await real.charge(request);
        this.paymentOf.set(charge.captureId, request.paymentId);
        return charge;
      }),
    payOut: (request) =>
      this.first(request.paymentId, 'payOut', async () => {
        const made = await real.payOut(request);
        this.paymentOf.set(made.batchId, request.paymentId);
        return made;
      }),
    findPayout: async (batchId) => {
      const payout = await real.findPayout(batchId);
      if (payout.itemId) this.paymentOf.set(payout.itemId, this.paymentOf.get(batchId) ?? '');
      return payout;
    },
    cancelPayout: (itemId) => this.first(this.paymentOf.get(itemId) ?? '', 'cancel', () => real.cancelPayout(itemId)),
    refund: (request) => this.first(request.key.split(':')[0] ?? '', 'refund', () => real.refund(request)),
  });

  private async first<T>(paymentId: string, call: string, carryOut: () => Promise<T>): Promise<T> {
    const answer = await carryOut();
    const { answers, events } = this.courses.get(paymentId) ?? {};
    if (events === 'before the answers') await new Promise((go) => setTimeout(go, ANSWER_AFTER_EVENTS_MS));
    const known = this.struck.has(`${paymentId} ${call}`);
    this.struck.add(`${paymentId} ${call}`);
    if (known || answers === undefined || answers === 'in time') return answer;
    throw new ProviderFailure('unknown', 'timed-out', { providerCode: 'LOST', retryAfterMs: AGAIN_AFTER_MS[answers] });
  }

  private weatherOf(body: unknown): Weather {
    const course = this.courseOf(JSON.stringify(body));
    if (!course || (course.events === 'days late' && !this.late)) return 'fair';
    return WEATHER_OF[course.events];
  }

  /** An event carries our id of the payment; one about money that went back, only PayPal's of the capture. */
  private courseOf(event: string): Course | undefined {
    const [, captureId = ''] = CAPTURE.exec(event) ?? [];
    const ids = [...idsIn(event), this.paymentOf.get(captureId) ?? ''];
    return ids.map((id) => this.courses.get(id)).find((found) => found !== undefined);
  }
}
