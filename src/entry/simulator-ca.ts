import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Where the PayPal simulator leaves the root of its certificates, below DATA_DIR. */
export const SIMULATOR_CA_FILE = 'paypal-simulator-ca.pem';

/** The simulator makes its keys at its first start, which takes a while. In milliseconds. */
const WAIT_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** The root that the simulator's webhooks are signed under, once the simulator has made it. */
export async function simulatorRoot(dataFolder: string): Promise<string> {
  const until = Date.now() + WAIT_MS;
  for (;;) {
    try {
      return await readFile(join(dataFolder, SIMULATOR_CA_FILE), 'utf8');
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
}
