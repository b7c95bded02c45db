import { createServer } from 'node:net';

/** Whether a TCP port of this machine is free to listen on. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A TCP port that is free now. Another program may take it before its user does; ports stay unused for a while. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : undefined;
      probe.close(() => (port === undefined ? reject(new Error('the system gave no port')) : resolve(port)));
    });
  });
}

/** A port that a part wants, and the environment variable that moves it. */
export interface WantedPort {
  readonly variable: string;
  readonly port: number;
  readonly host: string;
}

/**
 * Makes sure that every port is free.
 *
 * @throws Error with one sentence for each port in use, naming port and variable.
 */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const free = await Promise.all(wanted.map(({ port, host }) => isPortFree(port, host)));
  const taken = wanted.filter((_, index) => free[index] !== true);
  if (taken.length === 0) return;
  throw new Error(
    taken
      .map(
        ({ variable, port }) =>
          `Port ${port} is in use: stop the program that uses it, or set ${variable} to another port.`,
      )
      .join('\n'),
  );
}
