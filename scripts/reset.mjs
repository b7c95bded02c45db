/** `npm run reset`: forgets all state of `npm start`. Asks nothing, and refuses while it runs. */
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './processes/command.mjs';
import { isOurs, signal } from './processes/process-identity.mjs';

const folder = resolve(ROOT, process.env.DATA_DIR || '.data');
const records = join(folder, 'processes.json');

if (!existsSync(folder)) {
  console.log('There is no state to forget.');
  process.exit(0);
}
// DATA_DIR may name any folder: only one that npm start has made is removed.
if (!existsSync(join(folder, 'secrets.json')) && !existsSync(join(folder, 'logs'))) {
  console.error(`${folder} was not made by npm start and is left alone.`);
  process.exit(1);
}
if (existsSync(records)) {
  const { supervisor, processes } = JSON.parse(readFileSync(records, 'utf8'));
  if (isOurs(supervisor)) {
    console.error(`It is running (process ${supervisor.pid}): stop it with Ctrl-C first.`);
    process.exit(1);
  }
  for (const leftover of processes) signal(leftover, 'SIGKILL');
}

// Root's database may lie elsewhere and only be linked here.
const postgres = join(folder, 'postgres');
if (existsSync(postgres)) rmSync(realpathSync(postgres), { recursive: true, force: true });
rmSync(folder, { recursive: true, force: true });
console.log(`Forgot everything in ${folder}.`);
