import { eventually } from '../../world/waiting';
import { query } from '../../world/time';
import { centsOf, floatOf, openBench } from '../bench';
import type { Bench } from '../bench';

describe("Row 7: the provider's event arrives before its response", () => {
  let bench: Bench;
  let float: number;
  let events = 0;
  const forwarded = async (): Promise<number> => {
    const rows = await query(bench.world, 'select 1 from received_events where forwarded_at is not null');
    return rows.length;
  };
  beforeAll(async () => {
    bench = await openBench((real) => ({
      charge: async (request) => {
        const charge = await real.charge(request);
        await eventually('the event of the charge is received', async () => (await forwarded()) > events);
        return charge;
      },
      payOut: async (request) => {
        const payout = await real.payOut(request);
        // Processing, the item and the batch: three events, and all of them before this answer.
        await eventually('the events of the payout are received', async () => (await forwarded()) >= events + 4);
        return payout;
      },
    }));
    float = await floatOf(bench);
  });
  afterAll(() => bench.close());

  test('of the charge and of the payout: nothing is done twice, and no event stays unhandled', async () => {
    events = await forwarded();
    const before = await centsOf(bench, bench.world.lee.email);
    const paymentId = await bench.pays(bench.world.lee.email, 900);
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    expect(await centsOf(bench, bench.world.lee.email)).toBe(before + 900);
    expect(await floatOf(bench)).toBe(float);
    expect(await query(bench.world, 'select 1 from received_events where forwarded_at is null')).toEqual([]);
    const told = await bench.world.lee.phone.heardSince(0);
    expect(told.filter((message) => JSON.stringify(message).includes('sent you $9.00'))).toHaveLength(1);
  });
});
