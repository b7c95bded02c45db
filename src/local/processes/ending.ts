import type { ChildProcess } from 'node:child_process';

/** Resolves with the words for how a child ended, also when it could not even be run. Never rejects. */
export function endingOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    const tell = (code: number | null, signal: NodeJS.Signals | null): void =>
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`);
    if (hasEnded(child) && child.pid !== undefined) tell(child.exitCode, child.signalCode);
    child.once('error', (error) => resolve(error.message));
    child.once('exit', tell);
  });
}

/** Whether a child has ended, or could not be run at all. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
