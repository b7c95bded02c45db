import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificates } from '../../../src/simulators/paypal/state/webhook-records';

/** Where they are kept while a run of tests lasts: to find the keys of each world anew would take a third of a second. */
export function certificatesFile(runFolder: string): string {
  return join(runFolder, 'certificates.json');
}

/** What the simulated PayPal of every world of this run signs its events with. */
export async function certificatesOfTheRun(): Promise<Certificates> {
  return JSON.parse(await readFile(certificatesFile(process.env['TEST_RUN_FOLDER'] ?? ''), 'utf8')) as Certificates;
}
