import { SkippedTime } from './skipped-time';

/** The time of a town. */
export interface PassingTime {
  /** Temporal's address; the server that the tests share without one. */
  address?: string;
  /** Whether time can be skipped. Where it cannot, nothing that takes hours ever comes. */
  skips: boolean;
  /** Takes a new database along. */
  takeAlong(databaseUrl: string): Promise<void>;
  /** Lets this long pass, in milliseconds. */
  pass(milliseconds: number): Promise<void>;
  /** Brings everything to the same time. */
  follow(): Promise<void>;
  end(): Promise<void>;
}

/** Time that is skipped: days pass in a moment, on a server of its own whose workers cannot be replaced. */
export function skippedTime(): Promise<PassingTime> {
  return SkippedTime.begin();
}

/** Time as it is, on the server that the tests share, where a dead worker's tasks go to the next one. */
export function realTime(): PassingTime {
  const nothing = (): Promise<void> => Promise.resolve();
  return { skips: false, takeAlong: nothing, pass: nothing, follow: nothing, end: nothing };
}
