import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { exchange } from '../../../src/wallets/paypal/transport/exchange';
import { clientAt, closeServers, failureOf, startRecordingServer } from './recording-server';
import type { RecordingServer, Reply } from './recording-server';

type Client = ReturnType<typeof clientAt>;

const refund = (client: Client) =>
  client.refund({ captureId: '2GG279541U471931P', key: 'p1:refund:0', amount: { minor: 100, currency: 'USD' } });
const look = (client: Client) => client.findPayout('3TRXJ4Z8XJ8QY');
const calledAt = (at: (client: Client) => Promise<unknown>) => ({
  at,
  call: (url: string, timeoutMs?: number) => at(clientAt(url, timeoutMs)),
});

/** A refund moves money, a look at a payout reads. Each meets the same faults. */
const EFFECTS = [
  { effect: 'a call that moves money', inDoubt: 'unknown', ...calledAt(refund) },
  { effect: 'a call that reads', inDoubt: 'retry', ...calledAt(look) },
] as const;

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all([closeServers(), ...closers.map((close) => close())]);
  closers = [];
});

function serverThat(reply: Reply): Promise<RecordingServer> {
  return startRecordingServer(() => reply);
}

/** A TCP server that does what the test says with every connection. */
async function tcpServer(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((closed) => server.close(() => closed()));
  });
  return (server.address() as AddressInfo).port;
}

describe('before a byte of the request has left', () => {
  it.each(EFFECTS)('a refused connection leaves $effect certainly undone', async ({ call }) => {
    const port = await tcpServer(() => undefined);
    await closers.pop()?.();
    const failure = await failureOf(call(`http://127.0.0.1:${port}`));
    expect(failure).toMatchObject({
      outcome: 'retry',
      reason: 'unavailable',
      detail: { providerCode: 'ECONNREFUSED' },
    });
  });

  it.each(EFFECTS)('a name that does not exist leaves $effect certainly undone', async ({ call }) => {
    const failure = await failureOf(call('http://no-such-host.invalid'));
    expect(failure.outcome).toBe('retry');
    expect(failure.detail.providerCode).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it.each(EFFECTS)('TLS that is never agreed leaves $effect certainly undone', async ({ call }) => {
    // Speaks plain HTTP where TLS is expected.
    const port = await tcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const failure = await failureOf(call(`https://127.0.0.1:${port}`));
    expect(failure).toMatchObject({ outcome: 'retry', reason: 'unavailable' });
  });

  it.each(EFFECTS)('time over during the TLS handshake leaves $effect certainly undone', async ({ call }) => {
    const port = await tcpServer(() => undefined);
    const failure = await failureOf(call(`https://127.0.0.1:${port}`, 100));
    expect(failure).toMatchObject({ outcome: 'retry', reason: 'timed-out' });
  });

  it.each(EFFECTS)('a server that went away after the token leaves $effect certainly undone', async ({ at }) => {
    const headers = { connection: 'close' };
    const server = await startRecordingServer(
      () => ({ status: 404, headers }),
      () => ({ headers, json: { access_token: 'token', expires_in: 32_400 } }),
    );
    const client = clientAt(server.url);
    await failureOf(client.findPayout('3TRXJ4Z8XJ8QY'));
    await server.close();
    const failure = await failureOf(at(client));
    expect(failure).toMatchObject({ outcome: 'retry', detail: { providerCode: 'ECONNREFUSED' } });
    expect(server.tokens).toHaveLength(1);
  });

  it('nothing counts as sent while TLS is not agreed, though a connection stands', async () => {
    const request = { method: 'POST', headers: {}, body: '{}' } as const;
    const silent = new URL(`https://127.0.0.1:${await tcpServer(() => undefined)}`);
    const plain = new URL(`https://127.0.0.1:${await tcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))}`);
    for (const url of [silent, plain]) {
      const fault: unknown = await exchange({ ...request, url }, { timeoutMs: 200, maxBytes: 10 }).catch(
        (error: unknown) => error,
      );
      expect(fault).toMatchObject({ name: 'TransportFault', sent: false });
    }
  });

  it('a token that cannot be had leaves a call that moves money certainly undone', async () => {
    const server = await startRecordingServer(
      () => ({ status: 500 }),
      () => 'silence',
    );
    const failure = await failureOf(EFFECTS[0].call(server.url, 100));
    expect(failure).toMatchObject({ outcome: 'retry', reason: 'timed-out' });
    expect(server.calls).toEqual([]);
  });
});

describe('after the request has left', () => {
  it.each(EFFECTS)('silence until the time is over makes $effect $inDoubt', async ({ call, inDoubt }) => {
    const server = await serverThat('silence');
    const failure = await failureOf(call(server.url, 200));
    expect(failure).toMatchObject({ outcome: inDoubt, reason: 'timed-out', detail: { providerCode: 'DEADLINE' } });
    expect(server.calls).toHaveLength(1);
  });

  it.each(EFFECTS)('a connection closed without an answer makes $effect $inDoubt', async ({ call, inDoubt }) => {
    const server = await serverThat('hang-up');
    const failure = await failureOf(call(server.url));
    expect(failure).toMatchObject({ outcome: inDoubt, reason: 'unavailable' });
    expect(server.calls).toHaveLength(1);
  });

  it.each(EFFECTS)('an answer that is cut off makes $effect $inDoubt', async ({ call, inDoubt }) => {
    const server = await serverThat('cut-off');
    expect(await failureOf(call(server.url))).toMatchObject({ outcome: inDoubt, reason: 'unavailable' });
  });

  it.each(EFFECTS)('an answer over 4 MiB is not read on, and makes $effect $inDoubt', async ({ call, inDoubt }) => {
    const server = await serverThat({ raw: `"${'x'.repeat(5 * 1024 * 1024)}"` });
    const failure = await failureOf(call(server.url));
    expect(failure).toMatchObject({ outcome: inDoubt, detail: { providerCode: 'BODY_TOO_LARGE' } });
  });

  it.each(EFFECTS)('a success that is not what PayPal documents makes $effect $inDoubt', async ({ call, inDoubt }) => {
    for (const raw of ['<html>', '', '{"id":7}', '[]', 'null']) {
      const server = await serverThat({ raw });
      const failure = await failureOf(call(server.url));
      expect(failure).toMatchObject({ outcome: inDoubt, detail: { providerCode: 'HTTP_200/UNREADABLE' } });
    }
  });

  it.each(EFFECTS)('a redirect is not followed, and makes $effect $inDoubt', async ({ call, inDoubt }) => {
    const elsewhere = await serverThat({ json: {} });
    const server = await serverThat({ status: 307, headers: { location: `${elsewhere.url}/v2/payments` } });
    const failure = await failureOf(call(server.url));
    expect(failure).toMatchObject({ outcome: inDoubt, detail: { providerCode: 'HTTP_307' } });
    expect(elsewhere.calls).toEqual([]);
  });
});

it('a connection that stands from an earlier call counts as sent when it breaks', async () => {
  // Answers the token, takes the call on the same connection, and hangs up.
  const port = await tcpServer((socket) => {
    let seen = 0;
    socket.on('data', () => {
      seen += 1;
      const body = JSON.stringify({ access_token: 'token', expires_in: 60_000 });
      if (seen === 1) socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      else socket.destroy();
    });
  });
  expect(await failureOf(EFFECTS[0].call(`http://127.0.0.1:${port}`))).toMatchObject({ outcome: 'unknown' });
});
