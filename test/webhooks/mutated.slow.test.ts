import { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestListener } from 'node:http';
import { Socket } from 'node:net';
import { describeWithReference, referenceBytes, referenceFiles } from '../channels/messenger/reference';
import { broken, memory, mutated, uniform } from '../channels/messenger/webhook/mutations';
import { scriptedApp, signed } from './scripted-app';

const BODIES = 10_000;
/** Deliveries on their way at once, as Messenger makes several. */
const AT_ONCE = 8;
const SEED = 20_261_124;
const MEGABYTE = 1024 * 1024;

describeWithReference('mutated bodies at the webhook', () => {
  test('ten thousand of them, correctly signed, get no 5xx and leave no memory behind', async () => {
    const app = await scriptedApp({ stateOf: () => 'unconfirmed' });
    const recorded = referenceFiles('webhooks').map((file) => referenceBytes(`webhooks/${file}`));
    const random = uniform(SEED);
    const statuses = new Map<number, number>();
    const before = memory();

    let left = BODIES;
    const deliver = async (): Promise<void> => {
      for (; left > 0;) {
        left -= 1;
        const original = recorded[Math.floor(random() * recorded.length)] ?? Buffer.alloc(0);
        const value = mutated(JSON.parse(original.toString('utf8')), random);
        const bytes = Buffer.from(JSON.stringify(value) ?? '');
        const status = await deliverTo(app.handle, random() < 0.3 ? broken(bytes, random) : bytes);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        // What was asked for is looked at by nobody here, and would be taken for a leak.
        app.asked.length = 0;
        app.logged.length = 0;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, deliver));

    expect([...statuses.keys()].toSorted((one, other) => one - other)).toEqual([200, 400]);
    expect(statuses.get(200)).toBeGreaterThan(BODIES / 2);
    expect(statuses.get(400)).toBeGreaterThan(BODIES / 20);
    expect(memory() - before).toBeLessThan(50 * MEGABYTE);
    await app.close();
  });
});

/** Hands the route a signed body without a network, which would take most of the time and is not what is looked at. */
function deliverTo(handle: RequestListener, bytes: Buffer): Promise<number> {
  const { headers } = signed(bytes);
  const incoming = new IncomingMessage(new Socket());
  Object.assign(incoming, { method: 'POST', url: '/webhooks/messenger' });
  Object.assign(incoming.headers, headers, { 'content-length': String(bytes.length) });
  incoming.push(bytes);
  incoming.push(null);
  const outgoing = new ServerResponse(incoming);
  return new Promise((done) => {
    outgoing.end = () => {
      done(outgoing.statusCode);
      return outgoing;
    };
    handle(incoming, outgoing as Parameters<RequestListener>[1]);
  });
}
