import { rm } from 'node:fs/promises';
import { endProcess } from '../../src/local/processes/identity';
import { rememberServers, runningServers } from './running';

/** Ends the servers of the tests after the last of them; a watch keeps them for its next run. */
export default async function stop({ watch, watchAll }: { watch: boolean; watchAll: boolean }): Promise<void> {
  const servers = runningServers();
  if (servers === undefined || watch || watchAll) return;
  await Promise.all(
    servers.processes.map(({ pid, marker, signal, graceMs }) => endProcess(pid, marker, signal, graceMs)),
  );
  await rm(servers.folder, { recursive: true, force: true });
  await servers.guard.dismiss();
  rememberServers(undefined);
}
