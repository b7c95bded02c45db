import { condition, log, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import type { Share } from '../src/domain/money/requests';
import { REQUEST_STEPS_MS, isOpen } from '../src/domain/money/requests';
import type { MoneyRequestEnd, MoneyRequestInput, MoneyRequestResult, ShareNews } from './messages/money-request';
import { cancelRequestSignal, remindSignal, shareSignal, sharesQuery } from './messages/money-request';
import { step } from './proxies';
import { transition } from './transition';

const tellNews = step('tellShareNews', 'Record what became of shares and tell the requester');
const remind = step('remindOfRequest', 'Remind those who have not answered');
const close = step('closeRequest', 'End what is still open and tell everybody');

/** Between two reminders by hand, in milliseconds: more often is a nuisance. */
const REMIND_AT_MOST_EVERY_MS = 24 * 3_600_000;

/**
 * Asks for money until everybody has answered. The people were asked before this began; each share that is accepted is
 * a payment of its own, which reports back here. One timer runs at a time: to the next reminder, or to the end.
 */
export async function moneyRequest(input: MoneyRequestInput): Promise<MoneyRequestResult> {
  return new MoneyRequestRun(input).toTheEnd();
}

class MoneyRequestRun {
  private readonly shares: Share[];
  private readonly news: ShareNews[] = [];
  private cancelled = false;
  private reminderAsked = false;
  private remindedAt: number;

  constructor(private readonly input: MoneyRequestInput) {
    this.shares = input.shares.map((share) => ({ ...share, state: 'asked' }));
    this.remindedAt = input.askedAt;
    setHandler(shareSignal, (news) => void this.news.push(news));
    setHandler(cancelRequestSignal, () => void (this.cancelled = true));
    setHandler(remindSignal, () => void (this.reminderAsked = true));
    setHandler(sharesQuery, () => this.shares);
    setDefaultSignalHandler((name) => log.warn('a signal that a money request does not know', { name }));
  }

  async toTheEnd(): Promise<MoneyRequestResult> {
    const steps = REQUEST_STEPS_MS.map((after) => this.input.askedAt + after);
    for (const [place, at] of steps.entries()) {
      const last = place === steps.length - 1;
      await this.waitUntil(at, last ? 'Until the request expires' : 'Until the next reminder');
      if (this.cancelled) return this.end('cancelled');
      if (!this.shares.some(isOpen)) return this.end('settled');
      if (!last) await this.remindOpen();
    }
    return this.end('expired');
  }

  /** Works off what happens until the time has come or nothing is left to wait for. */
  private async waitUntil(at: number, summary: string): Promise<void> {
    let over = false;
    this.show();
    const time = condition(() => this.isDone(), Math.max(at - Date.now(), 1), { summary }).then(
      () => void (over = true),
    );
    for (;;) {
      await condition(() => over || this.news.length > 0 || this.cancelled || this.reminderAsked);
      if (this.news.length > 0) await this.takeNews();
      else if (this.reminderAsked) await this.remindByHand();
      else break;
    }
    if (this.isDone()) await time;
  }

  private isDone(): boolean {
    return this.cancelled || (this.news.length === 0 && !this.shares.some(isOpen));
  }

  private async takeNews(): Promise<void> {
    const news = this.news.splice(0);
    for (const { shareId, state } of news) {
      const share = this.shares.find((one) => one.shareId === shareId);
      // A share that was paid or declined stays so: whatever comes late changes nothing.
      if (share && isOpen(share)) share.state = state;
    }
    this.show();
    await tellNews({ ...this.who(), news });
  }

  private async remindByHand(): Promise<void> {
    this.reminderAsked = false;
    if (Date.now() - this.remindedAt >= REMIND_AT_MOST_EVERY_MS) await this.remindOpen();
  }

  private async remindOpen(): Promise<void> {
    this.remindedAt = Date.now();
    const shareIds = this.shares.filter(isOpen).map(({ shareId }) => shareId);
    if (shareIds.length > 0) await remind({ ...this.who(), shareIds, remindedAt: this.remindedAt });
  }

  private async end(end: MoneyRequestEnd): Promise<MoneyRequestResult> {
    const paid = this.shares.filter(({ state }) => state === 'paid').length;
    transition({ details: `Ended: ${end}, ${paid} of ${this.shares.length} paid` });
    if (end !== 'settled') await close({ ...this.who(), end });
    return { end, paid };
  }

  private show(): void {
    const paid = this.shares.filter(({ state }) => state === 'paid').length;
    transition({ details: `${paid} of ${this.shares.length} paid, ${this.shares.filter(isOpen).length} open` });
  }

  private who(): { requestId: string; requesterKey: string } {
    return { requestId: this.input.requestId, requesterKey: this.input.requesterKey };
  }
}
