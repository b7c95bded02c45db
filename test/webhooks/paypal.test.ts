import type { IncomingHttpHeaders } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Gateway } from '../../src/temporal/gateway';
import { Unavailable } from '../../src/temporal/gateway';
import { acquaint, openAccount } from '../world/people/citizens';
import { accessToken, payoutItem } from '../world/payouts';
import { fault, send } from '../world/simulators';
import { query } from '../world/time';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

/** A delivery as it came over the wire. */
interface Delivery {
  headers: IncomingHttpHeaders;
  body: Buffer;
  type: string;
}

/** What the webhook of PayPal asked of Temporal. */
const asked: string[] = [];
/** How many completions of payouts from now on find Temporal away. */
let away = 0;

/** The real gateway, with a note of each call. */
function noted(gateway: Gateway): Gateway {
  return {
    ...gateway,
    async completePayout(...given) {
      if (away > 0) {
        away -= 1;
        throw new Unavailable('away for the test');
      }
      const completed = await gateway.completePayout(...given);
      asked.push(`complete ${given[2].state}: ${completed}`);
      return completed;
    },
    async tellPayment(...given) {
      const told = await gateway.tellPayment(...given);
      const [, event] = given;
      asked.push(`tell ${event.kind === 'payout' ? event.payout.state : event.kind}: ${told}`);
      return told;
    },
  };
}

describe("PayPal's webhook", () => {
  let world: World;
  const deliveries: Delivery[] = [];

  beforeAll(async () => {
    world = await openWorld({ gatewayOfApi: noted });
    world.server.on('request', (request) => {
      if (request.url !== '/webhooks/paypal') return;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const type = /"event_type":\s*"([^"]+)"/.exec(body.toString())?.[1] ?? '';
        deliveries.push({ headers: request.headers, body, type });
      });
    });
  });
  beforeEach(() => {
    asked.length = 0;
    deliveries.length = 0;
  });
  afterAll(() => world.close());

  /** Dana sends an amount, and confirms it. */
  async function danaSends(amount: string, to: string): Promise<number> {
    const { phone } = world.dana;
    const card = await phone.hears(/Confirm/, await phone.says(`send ${amount} to ${to}`));
    return (await phone.taps(card, 'Confirm')).since;
  }

  const delivered = (type: string) =>
    eventually(`PayPal delivers ${type}`, async () => deliveries.find((delivery) => delivery.type.endsWith(type)));

  const post = ({ headers, body }: Pick<Delivery, 'headers' | 'body'>): Promise<Response> =>
    fetch(`${world.app}/webhooks/paypal`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: body as unknown as string,
    });

  const forwarded = async (type: string): Promise<boolean> => {
    const { body } = await delivered(type);
    const { id } = JSON.parse(body.toString()) as { id: string };
    const [row] = await query(world, 'select forwarded_at from received_events where event_id = $1', [id]);
    return row?.['forwarded_at'] instanceof Date;
  };

  test('an event that could not be handed on is refused, comes again, and only then counts as a duplicate', async () => {
    away = 1;
    const since = await danaSends('$5', 'Lee');
    await world.dana.phone.hears(/You sent \$5\.00/, since);
    expect(asked).toEqual(['complete paid: completed']);
    const paid = deliveries.filter(({ type }) => type === 'PAYMENT.PAYOUTS-ITEM.SUCCEEDED');
    expect(paid).toHaveLength(2);
    await eventually('it is marked as handed on', () => forwarded('PAYOUTS-ITEM.SUCCEEDED'));
    const [again] = paid;
    expect(again && (await post(again)).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  test('a tampered, unsigned or foreign delivery gets 403 and is not kept', async () => {
    await world.dana.phone.hears(/You sent \$6\.00/, await danaSends('$6', 'Lee'));
    const { headers, body } = await delivered('PAYOUTS-ITEM.SUCCEEDED');
    const id = `WH-${randomUUID()}`;
    const tampered = Buffer.from(body.toString().replace(/"id":"WH-[^"]+"/, `"id":"${id}"`));
    const { 'paypal-transmission-sig': _signature, ...unsigned } = headers;
    const foreign = { ...headers, 'paypal-cert-url': 'https://paypal.example.com/cert.pem' };
    for (const refused of [
      { headers: { ...headers, 'content-length': String(tampered.length) }, body: tampered },
      { headers: unsigned, body },
      { headers: foreign, body },
    ]) {
      const answer = await post(refused);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'forbidden', status: 403 });
    }
    expect(await query(world, 'select 1 from received_events where event_id = $1', [id])).toEqual([]);
  });

  test('a body over the limit gets 413 before anything else', async () => {
    const answer = await post({ headers: {}, body: Buffer.alloc(4 * 1024 * 1024 + 1, 0x20) });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'too_large' });
  });

  test('an event that overtakes the answer of its own payout finds whom it concerns', async () => {
    await fault(world.paypal, {
      on: { method: 'POST', path: '/v1/payments/payouts' },
      do: { dropResponse: true },
      times: 1,
    });
    await world.dana.phone.hears(/You sent \$7\.00/, await danaSends('$7', 'Lee'));
    expect(await payouts('7.00')).toBe(1);
  });

  test('an event that comes twice is handed on once', async () => {
    await fault(world.paypal, {
      on: { to: 'webhook', path: 'PAYOUTS-ITEM.SUCCEEDED' },
      do: { duplicate: true },
      times: 1,
    });
    await world.dana.phone.hears(/You sent \$8\.00/, await danaSends('$8', 'Lee'));
    await eventually(
      'both are there',
      async () => deliveries.filter(({ type }) => type.endsWith('ITEM.SUCCEEDED')).length === 2,
    );
    expect(asked.filter((call) => call.startsWith('complete'))).toEqual(['complete paid: completed']);
    expect(await payouts('8.00')).toBe(1);
  });

  test('events out of order and after the end change nothing any more', async () => {
    await fault(world.paypal, {
      on: { to: 'webhook', path: 'PAYOUTS-ITEM.UNCLAIMED' },
      do: { shuffle: true },
      times: 1,
    });
    await acquaint(world.store, world.dana, { email: 'noor@example.com', name: 'noor@example.com' });
    const since = await danaSends('$9', 'noor@example.com');
    await eventually('nobody claims it', async () => (await itemOfLatest()) === 'UNCLAIMED');
    await openAccount(world, { email: 'noor@example.com', name: 'Noor Haddad' });
    await world.dana.phone.hears(/You sent \$9\.00 to noor@example\.com/, since);
    await delivered('PAYOUTS-ITEM.UNCLAIMED');
    await eventually('the late one was dealt with', () => forwarded('PAYOUTS-ITEM.UNCLAIMED'));
    expect(await world.balanceOf('noor@example.com')).toBe('9.00');
    expect((await world.store.payments.ofPayer(world.dana.key, 1))[0]?.state).toBe('paid');
    const told = (await world.dana.phone.heardSince(since)).map(({ text }) => text);
    expect(told.filter((words) => words?.includes('waits there'))).toEqual([]);
  });

  test('events about payments that are not ours, and of kinds that we do nothing with, are taken and kept', async () => {
    const token = await accessToken(world);
    await send(`${world.paypal}/_sim/accounts`, {
      email: 'other@example.com',
      name: 'O Ther',
      country: 'US',
      balances: {},
    });
    await fetch(`${world.paypal}/v1/payments/payouts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        sender_batch_header: { sender_batch_id: randomUUID() },
        items: [
          {
            recipient_type: 'EMAIL',
            receiver: 'other@example.com',
            amount: { value: '1.00', currency: 'USD' },
            sender_item_id: randomUUID(),
          },
        ],
      }),
    });
    await eventually('it was dealt with', () => forwarded('PAYOUTS-ITEM.SUCCEEDED'));
    await eventually('so was the batch', () => forwarded('PAYOUTSBATCH.SUCCESS'));
    expect(asked).toEqual([]);
  });

  test('consent taken back at PayPal unlinks the person, who is told', async () => {
    const { phone, key } = world.lee;
    await phone.hears(/Hello Lee/, await phone.says('hello'));
    const since = (await phone.thread()).length;
    await send(`${world.paypal}/_sim/accounts/lee@example.com/revoke`, { what: 'wallet' });
    await phone.hears(/no longer linked/, since);
    expect(await world.store.links.active(key)).toBeUndefined();
    const ended = await world.store.links.latest(key);
    expect(ended?.hasToken).toBe(false);
  });

  /** Where PayPal has the payout of Dana's latest payment. */
  async function itemOfLatest(): Promise<string | undefined> {
    const [payment] = await world.store.payments.ofPayer(world.dana.key, 1);
    const batchId = payment && (await world.store.payments.payoutOf(payment.paymentId))?.batchId;
    if (!batchId) return undefined;
    return (await payoutItem(world, batchId))?.transaction_status;
  }

  async function payouts(amount: string): Promise<number> {
    const answer = await fetch(`${world.paypal}/_sim/requests`);
    const { requests } = (await answer.json()) as {
      requests: { path: string; method: string; status: number; requestBody: unknown }[];
    };
    return requests.filter(
      ({ path, method, status, requestBody }) =>
        method === 'POST' &&
        path === '/v1/payments/payouts' &&
        status === 201 &&
        JSON.stringify(requestBody).includes(`"${amount}"`),
    ).length;
  }
});
