/**
 * Ends what a parent leaves behind. It is started beside servers that would outlive a parent killed with SIGKILL, is
 * told on its standard input which they are (a line of JSON, replacing the one before), and when the input ends, as it
 * does with the parent, asks each to end, in the order given, and removes scratch folders. A parent that stops in good
 * order tells it an empty list last. A pipe loses nothing, however early the parent dies.
 *
 * Plain JavaScript: tests need it before anything is compiled.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { isOurs, signal } from './process-identity.mjs';

const POLL_MS = 50;

// A signal meant for the parent's whole process group: the parent decides what happens.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);

/** @type {{ processes: { pid: number, marker: string, signal: NodeJS.Signals, graceMs: number }[], folders: string[] }} */
let left = { processes: [], folders: [] };

for await (const line of createInterface({ input: process.stdin })) left = JSON.parse(line);

for (const one of left.processes) {
  signal(one, one.signal);
  for (const deadline = Date.now() + one.graceMs; isOurs(one) && Date.now() < deadline;) await pause(POLL_MS);
  signal(one, 'SIGKILL');
}
while (left.processes.some(isOurs)) await pause(POLL_MS);
for (const folder of left.folders) rmSync(folder, { recursive: true, force: true });
