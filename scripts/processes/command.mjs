import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A command that failed; its output is what the reader needs, not a stack. */
export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`${command} failed (${code})${output === '' ? '' : `:\n${output}`}`);
    this.name = 'CommandFailed';
  }
}

/**
 * Runs a Node script, by its path in the project, and rejects when it fails. `quiet` keeps its output for the case
 * that it fails; otherwise the output goes to the terminal.
 */
export async function runNode(script, args = [], { quiet = false, environment = {} } = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  let output = '';
  for (const stream of quiet ? [child.stdout, child.stderr] : []) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) throw new CommandFailed([script, ...args].join(' '), code, output.trim());
}

/** Ends the script with the message of the error alone when it is a failed command or has a sentence to say. */
export function exitWith(error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
