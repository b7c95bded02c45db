import { ApplicationFailure } from '@temporalio/common';
import { CompleteAsyncError, activityInfo } from '@temporalio/activity';
import type { Activities } from '../../../activities';
import type { Plan } from '../plan/plan';
import { KILL_MANNERS, KILL_POINTS } from '../plan/trouble';
import type { Kill } from '../plan/trouble';
import type { Attribution } from './attribution';
import type { Coverage } from './coverage';
import { Attempt, Killed, current } from './dying';

/** What the killing of attempts has to know of a scenario. */
export interface Victim {
  id: string;
  plan: Plan;
  /** Attempts so far, by activity. */
  attempts: Map<string, number>;
  /** How many of its kills each activity has had. */
  killed: Map<string, number>;
  /** While PayPal answers nothing. */
  outage: boolean;
}

/** The next attempt follows at once: what a dead worker's time-out would take is not waited for. In milliseconds. */
const NEXT_ATTEMPT_MS = 20;

/** All points at which any of the activities can be killed, as the coverage counts them. */
export function killPointsOf(activities: readonly string[]): string[] {
  return activities.flatMap((name) => KILL_POINTS.map((point) => `kill ${name} ${point}`));
}

/** Everything that runs activities, for whoever waits until nothing does. */
export interface Watch {
  began(what: string): void;
  ended(what: string): void;
  /** Brings time up to date before an attempt looks at it. */
  follow(): Promise<void>;
}

/** Ends attempts of activities before their time, as the plan of their scenario says. */
export function killing(
  activities: Activities,
  { attribution, coverage, watch }: { attribution: Attribution<Victim>; coverage: Coverage; watch: Watch },
): Activities {
  const turns = new Turns();
  const entries = Object.entries(activities as unknown as Record<string, Activity>);
  return Object.fromEntries(entries.map(([name, run]) => [name, mortalActivity(name, run)])) as unknown as Activities;

  function mortalActivity(name: string, run: Activity): Activity {
    return async (...given) => {
      watch.began(name);
      try {
        await watch.follow();
        const victim = await attribution.of([given, workflowId()]);
        return await attempts(name, () => run(...given), victim);
      } finally {
        watch.ended(name);
      }
    };
  }

  async function attempts(name: string, run: () => Promise<unknown>, victim: Victim | undefined): Promise<unknown> {
    const kill = victim ? next(name, victim) : turns.next(name);
    const attempt = new Attempt(victim?.id ?? 'nobody', kill, (kill) => {
      victim?.killed.set(name, (victim.killed.get(name) ?? 0) + 1);
      counted(name, kill);
    });
    try {
      return await Promise.race([current.run(attempt, () => toTheEnd(attempt, run, victim)), attempt.death]);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      // A dead worker's workflow task is given to another, which runs its local activities again.
      if (activityInfo().isLocal && !error.message.includes('fails')) return attempts(name, run, victim);
      throw ApplicationFailure.create({ message: error.message, type: 'killed', nextRetryDelay: NEXT_ATTEMPT_MS });
    }
  }

  async function toTheEnd(attempt: Attempt, run: () => Promise<unknown>, victim?: Victim): Promise<unknown> {
    try {
      const result = await run();
      await attempt.finished();
      return result;
    } catch (error) {
      if (!(error instanceof CompleteAsyncError)) throw victim?.outage ? seldom(error) : error;
      await attempt.finished();
      if (victim?.plan.weather !== 'none') throw error;
      // Nobody will complete it: what its time-out would bring is brought at once.
      throw ApplicationFailure.create({ message: 'no event came', type: 'killed', nextRetryDelay: LOOK_AGAIN_MS });
    }
  }

  function counted(name: string, { point, manner }: Kill): void {
    coverage.reached(`kill ${name} ${point}`);
    coverage.reached(`manner ${manner}`);
  }
}

/** After how long an attempt looks for a payout of which no event came, in milliseconds. */
const LOOK_AGAIN_MS = 300;

/** In an outage of hours the next attempt comes so much later, in milliseconds: hundreds of them would tell no more. */
const MUCH_LATER_MS = 40 * 60_000;

function seldom(error: unknown): unknown {
  if (!(error instanceof ApplicationFailure) || error.nonRetryable) return error;
  const { message, type } = error;
  return ApplicationFailure.create({ message, type: type ?? 'outage', nextRetryDelay: MUCH_LATER_MS, cause: error });
}

type Activity = (...given: unknown[]) => Promise<unknown>;

/** How the next attempt of a scenario's activity is to end. */
function next(name: string, victim: Victim): Kill | undefined {
  const count = (victim.attempts.get(name) ?? 0) + 1;
  victim.attempts.set(name, count);
  const kill = victim.plan.kills[name]?.[victim.killed.get(name) ?? 0];
  return kill && kill.attempt <= count ? kill : undefined;
}

/** What concerns everybody at once is killed at one point after the other: every other attempt ends before its time. */
class Turns {
  private readonly attempts = new Map<string, number>();

  next(name: string): Kill | undefined {
    const count = (this.attempts.get(name) ?? 0) + 1;
    this.attempts.set(name, count);
    const turn = (count - 1) / 2;
    const point = KILL_POINTS[turn % KILL_POINTS.length];
    const manner = KILL_MANNERS[Math.floor(turn / KILL_POINTS.length) % KILL_MANNERS.length];
    if (point === undefined || manner === undefined) return undefined;
    return { point, manner, call: 1, attempt: count };
  }
}

function workflowId(): string {
  return activityInfo().workflowExecution?.workflowId ?? '';
}
