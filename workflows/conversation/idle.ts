import { sleep } from '@temporalio/workflow';

/**
 * A conversation with nothing pending ends after a day of silence, in milliseconds: as long as Messenger lets the bot
 * answer freely (24-hour window). The next event starts a new run.
 */
export const IDLE_MS = 24 * 3_600_000;

/**
 * Notices a day of silence with one timer a day, whatever is said in between: each turn only moves `lastActAt`, and a
 * timer that fires too early sets the next for the rest. A timer per turn would cost an Action each.
 */
export class IdleClock {
  private over = false;

  constructor(
    private readonly lastActAt: () => number,
    private readonly now: () => number,
  ) {
    void this.watch(IDLE_MS);
  }

  /** True once a whole day has passed since the last act; asking after that starts the next day's watch. */
  get isOver(): boolean {
    return this.over;
  }

  /** Somebody still waits or answers: look again after another day. */
  again(): void {
    this.over = false;
    void this.watch(IDLE_MS);
  }

  private async watch(milliseconds: number): Promise<void> {
    await sleep(milliseconds, { summary: 'Until a day of silence has passed' });
    const left = this.lastActAt() + IDLE_MS - this.now();
    if (left > 0) return this.watch(left);
    this.over = true;
  }
}
