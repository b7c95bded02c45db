import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { freePort, requireFreePorts } from '../../src/local/ports';

const HOST = '127.0.0.1';

describe('the ports of a start', () => {
  let taken: Server;
  let port: number;

  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, HOST, resolve));
    port = (taken.address() as AddressInfo).port;
  });

  afterAll(() => new Promise((resolve) => taken.close(resolve)));

  it('are refused in one sentence that names the port in use and the variable that moves it', async () => {
    const check = requireFreePorts([{ variable: 'MESSENGER_SIM_PORT', port, host: HOST }]);
    await expect(check).rejects.toThrow(
      `Port ${port} is in use: stop the program that uses it, or set MESSENGER_SIM_PORT to another port.`,
    );
  });

  it('are all looked at, and only those in use are named', async () => {
    const free = await freePort();
    const check = requireFreePorts([
      { variable: 'PORT', port, host: HOST },
      { variable: 'CODEC_PORT', port: free, host: HOST },
      { variable: 'TEMPORAL_PORT', port, host: HOST },
    ]);
    const message: string = await check.then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message.match(/set (\w+)/g)).toEqual(['set PORT', 'set TEMPORAL_PORT']);
  });

  it('pass when all are free, and are still free afterwards', async () => {
    const wanted = [{ variable: 'PORT', port: await freePort(), host: HOST }];
    await requireFreePorts(wanted);
    await expect(requireFreePorts(wanted)).resolves.toBeUndefined();
  });
});
