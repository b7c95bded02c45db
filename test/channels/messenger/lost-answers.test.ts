import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createMessenger } from '../../../src/channels/messenger';
import type { RecordingServer } from './recording-server';
import { answer, breakOff, keepSilent, refuse, startRecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await startRecordingServer();
});
afterEach(() => server.close());

const OURS = { pageId: '100', appId: '200', appSecret: 's', pageToken: 't' };
const messenger = (apiUrl = server.url) => createMessenger({ apiUrl, ...OURS, timeoutMs: 150 });
const send = (channel = messenger()) =>
  channel.send({ to: '55', card: { kind: 'text', text: 'Hello' }, rule: 'response', metadata: '1' });

/** The address of a server that does no more than this with a connection. */
async function rawServer(treat: (socket: Socket) => void): Promise<{ address: string; close: () => Promise<void> }> {
  const listening = createServer((socket) => treat(socket.resume().on('error', () => undefined)));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    close: () => new Promise((resolve) => listening.close(() => resolve())),
  };
}

test('a send that reached nobody may be made again', async () => {
  const gone = await rawServer(() => undefined);
  await gone.close();
  await expect(send(messenger(`http://${gone.address}`))).rejects.toMatchObject({
    outcome: 'retry',
    reason: 'unavailable',
    detail: { providerCode: 'ECONNREFUSED' },
  });
});

test('a send whose secure connection never stood may be made again', async () => {
  const plain = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(send(messenger(`https://${plain.address}`))).rejects.toMatchObject({ outcome: 'retry' });
  await plain.close();
});

test('a handshake that takes too long was no send', async () => {
  const silent = await rawServer(() => undefined);
  const failure = { outcome: 'retry', reason: 'timed-out', detail: { providerCode: 'TIMED_OUT' } };
  await expect(send(messenger(`https://${silent.address}`))).rejects.toMatchObject(failure);
  await silent.close();
});

test.each([
  ['the connection breaks after the request', breakOff, 'unavailable'],
  ['nobody answers in time', keepSilent, 'timed-out'],
])('a send is not known to have failed when %s', async (_what, reaction, reason) => {
  server.next(reaction);
  await expect(send()).rejects.toMatchObject({ outcome: 'unknown', reason });
  expect(server.calls).toHaveLength(1);
});

test('a send is not known to have failed when its answer breaks off, drags on or never ends', async () => {
  const half = '{"recipient_id":"55","mess';
  server.next(
    (_call, response, socket) => {
      response.writeHead(200, { 'content-length': '99' });
      response.write(half, () => socket.destroy());
    },
    (_call, response) => {
      response.writeHead(200);
      response.write(half);
    },
    answer(200, 'x'.repeat(2 * 1024 * 1024)),
  );
  await expect(send()).rejects.toMatchObject({ outcome: 'unknown' });
  await expect(send()).rejects.toMatchObject({ outcome: 'unknown', reason: 'timed-out' });
  await expect(send()).rejects.toMatchObject({
    outcome: 'unknown',
    detail: { providerCode: 'ANSWER_TOO_LARGE' },
  });
});

test('a connection that is used again and breaks leaves the send open too', async () => {
  const channel = messenger();
  await send(channel);
  server.next(breakOff);
  await expect(send(channel)).rejects.toMatchObject({ outcome: 'unknown' });
});

test('calls that do no harm twice are tried again in every such case', async () => {
  server.next(breakOff, keepSilent, answer(502, ''), refuse(500, { code: 1 }), answer(200, 'no JSON'));
  for (let call = 0; call < 5; call += 1) {
    await expect(messenger().profile('55')).rejects.toMatchObject({ outcome: 'retry' });
  }
});

test('a redirect is not followed', async () => {
  const elsewhere = await startRecordingServer();
  server.next(answer(307, '', { location: `${elsewhere.url}/v25.0/100/messages` }));
  await expect(send()).rejects.toMatchObject({ outcome: 'wait-long', detail: { providerCode: 'HTTP 307' } });
  expect(elsewhere.calls).toHaveLength(0);
  await elsewhere.close();
});

test('an address or a token that cannot be used is said at once, not at the first send', () => {
  expect(() => createMessenger({ apiUrl: 'graph', ...OURS })).toThrow('Invalid URL');
  expect(() => createMessenger({ apiUrl: server.url, ...OURS, pageToken: 'a\nb' })).toThrow('Invalid character');
});
