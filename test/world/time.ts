import { advance } from './simulators';
import type { World } from './world';

/**
 * Lets hours pass since everything that people have done so far, for the application's windows and for Messenger's. What
 * comes next happens now.
 */
export async function hoursPass(world: World, hours: number): Promise<void> {
  await query(
    world,
    `update people set last_act_at = last_act_at - $1::interval, ad_click_at = ad_click_at - $1::interval`,
    [`${hours} hours`],
  );
  await advance(world.messenger, `PT${hours}H`);
}

/** Changes or reads the world's database directly, where no part of the application would. */
export async function query(world: World, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await world.database.query(text, values)).rows as Record<string, unknown>[];
}
