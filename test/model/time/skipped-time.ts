import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { startTimeSkipping } from '../../world/servers/time-skipping';
import { ShiftedDatabase } from './shifted-database';
import { realNow, restoreDate, shiftDate } from './shifted-date';

/** Less than this between two clocks is the time that asking took. */
const SAME_TIME_MS = 1_000;

/**
 * An attempt that the server loses keeps time where it is until it has timed out, which takes a minute of real time at
 * most. Three of them, one after the other, are chance; what stands for longer will never go on.
 */
const STANDS_STILL_MS = 200_000;

/** Time does not go on, although nothing is under way that it would have to wait for. */
export class TimeStands extends Error {
  override readonly name = 'TimeStands';
}

/**
 * One time for everything: Temporal's server skips it, and this process with its simulators and the database follow.
 * Between two skips it goes on as real time does. The server never gives a gone worker's runs to another worker (it has
 * no time-out for them), so workers must not be replaced on it.
 */
export class SkippedTime {
  private database: ShiftedDatabase | undefined;
  private aheadMs = 0;
  private moving = false;
  private following: Promise<void> = Promise.resolve();

  private constructor(private readonly environment: TestWorkflowEnvironment) {}

  static async begin(): Promise<SkippedTime> {
    const environment = await startTimeSkipping();
    shiftDate(0);
    return new SkippedTime(environment);
  }

  /** Where the server is. */
  get address(): string {
    return this.environment.address;
  }

  /** Takes a new database along. */
  async takeAlong(databaseUrl: string): Promise<void> {
    this.database = await ShiftedDatabase.prepare(databaseUrl);
    await this.database.shift(this.aheadMs);
  }

  /** Lets this long pass, in milliseconds: the server jumps from timer to timer, and stands while anything runs. */
  async pass(milliseconds: number): Promise<void> {
    this.moving = true;
    try {
      await within(STANDS_STILL_MS, this.environment.sleep(milliseconds));
      await this.follow();
    } finally {
      this.moving = false;
    }
  }

  /** Brings everything to the server's time, which may have jumped. Cheap while time does not move. */
  async follow(): Promise<void> {
    if (!this.moving) return;
    this.following = this.following.then(() => this.catchUp());
    await this.following;
  }

  private async catchUp(): Promise<void> {
    const ahead = (await this.environment.currentTimeMs()) - realNow();
    if (ahead - this.aheadMs < SAME_TIME_MS) return;
    this.aheadMs = ahead;
    shiftDate(ahead);
    await this.database?.shift(ahead);
  }

  async end(): Promise<void> {
    restoreDate();
    await this.database?.close();
    await this.environment.teardown();
  }
}

async function within(milliseconds: number, passing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const standing = new Promise<never>((_done, reject) => {
    timer = setTimeout(() => reject(new TimeStands(`time has stood still for ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([passing, standing]);
  } finally {
    clearTimeout(timer);
  }
}
