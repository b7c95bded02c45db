import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createActivities } from '../../activities';
import type { Dependencies } from '../../activities';
import { DAILY_BOOKS } from '../../workflows/messages/schedules';
import { Postman } from '../world/postman';
import type { Weathers } from '../world/postman';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { Attribution } from './chaos/attribution';
import type { Coverage } from './chaos/coverage';
import { current, mortal } from './chaos/dying';
import { killing } from './chaos/killing';
import type { Victim } from './chaos/killing';
import { CALL_TIMEOUT_MS, SCENARIO_HEADER } from './chaos/provoking';
import { inhabitantsOf } from './people/cast';
import { Threads } from './people/threads';
import type { Plan } from './plan/plan';
import { Stillness } from './time/stillness';
import type { SkippedTime } from './time/skipped-time';

/** A world in which many scenarios are acted out side by side, whose time can be skipped and whose activities die. */
export interface Town {
  world: World;
  time: SkippedTime;
  threads: Threads;
  stillness: Stillness;
  attribution: Attribution<Victim>;
  close(): Promise<void>;
}

/** The activity types there are, from the registry itself: what is added there is killed here. */
export const ACTIVITIES: readonly string[] = Object.keys(createActivities({} as Dependencies));

/** As the Schedule has it: PayPal's statement of the day before is complete by then. */
const BOOKS_AT = '30 4 * * *';

/** Opens a town for these plans. */
export async function openTown(plans: readonly Plan[], coverage: Coverage, time: SkippedTime): Promise<Town> {
  const stillness = new Stillness(() => time.follow());
  const made: { attribution?: Attribution<Victim>; postman?: Postman } = {};
  const weathers: Weathers = {
    of: async (body) => (await known(made.attribution).of(body))?.plan.weather ?? 'fair',
    reached: (weather) => coverage.reached(`weather ${weather}`),
  };
  const world = await openWorld({
    temporalAddress: time.address,
    prepare: (databaseUrl) => time.takeAlong(databaseUrl),
    postOf: async (webhook) => (made.postman = await Postman.begin(webhook, () => weathers)).address,
    inhabitants: plans.flatMap((plan, place) => inhabitantsOf(plan, place)),
    calls: {
      timeoutMs: CALL_TIMEOUT_MS,
      traceHeaders: () => ({ [SCENARIO_HEADER]: current.getStore()?.scenario ?? 'nobody' }),
    },
    bend: (dependencies) => {
      made.attribution = new Attribution<Victim>(dependencies.store.payments);
      return mortal(dependencies);
    },
    wrap: (activities) => killing(activities, { attribution: known(made.attribution), coverage, watch: stillness }),
  });
  watched(world.server, stillness);
  await everyNight(world);
  const threads = await Threads.listen(world.messenger, () => stillness.stirred());
  return {
    world,
    time,
    threads,
    stillness,
    attribution: known(made.attribution),
    async close() {
      threads.close();
      await world.close();
      await made.postman?.end();
      await time.end();
    },
  };
}

/** The books are compared every night that passes. This server has no Schedules, so a cron does what they do. */
async function everyNight({ client, taskQueues }: World): Promise<void> {
  const workflowId = 'daily-books';
  await client.workflow.start(DAILY_BOOKS, { workflowId, taskQueue: taskQueues.money, cronSchedule: BOOKS_AT });
}

/**
 * Whatever reaches the application is something that happens. Each request comes from an address of its own, as those of
 * so many people would: what one address may do in a minute is for others to test.
 */
function watched(server: Server, stillness: Stillness): void {
  let visitors = 0;
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    visitors += 1;
    const value = `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
    Object.defineProperty(socket, 'remoteAddress', { value, configurable: true });
    stillness.began('a request');
    response.on('close', () => stillness.ended('a request'));
  });
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the world has not made its dependencies');
  return value;
}
