import { FaultList } from '../../../src/simulators/control/faults';

const post = { method: 'POST', path: '/v2/checkout/orders?x=1' };

describe('the list of faults', () => {
  test('strikes what fits by method and part of the path, and nothing else', () => {
    const faults = new FaultList();
    faults.add({ on: { method: 'post', path: 'orders' }, do: { status: 503 } });
    expect(faults.strike(post)).toEqual({ status: 503 });
    expect(faults.strike({ ...post, method: 'GET' })).toBeUndefined();
    expect(faults.strike({ ...post, path: '/other' })).toBeUndefined();
  });

  test('lets a fault for one person spare all others', () => {
    const faults = new FaultList();
    faults.add({ on: { psid: '1' }, do: { status: 500 } });
    expect(faults.strike({ ...post, psid: '1' })).toEqual({ status: 500 });
    expect(faults.strike({ ...post, psid: '2' })).toBeUndefined();
    expect(faults.strike(post)).toBeUndefined();
  });

  test('lets a fault for calls that carry a header spare all others', () => {
    const faults = new FaultList();
    faults.add({ on: { headers: { 'x-who': 'me' } }, do: { status: 500 } });
    expect(faults.strike({ ...post, headers: { 'x-who': 'me', accept: '*/*' } })).toEqual({ status: 500 });
    expect(faults.strike({ ...post, headers: { 'x-who': 'you' } })).toBeUndefined();
    expect(faults.strike(post)).toBeUndefined();
  });

  test('keeps faults of deliveries and of calls apart', () => {
    const faults = new FaultList();
    faults.add({ on: { to: 'webhook' }, do: { duplicate: true } });
    expect(faults.strike(post)).toBeUndefined();
    expect(faults.strike({ ...post, to: 'webhook' })).toEqual({ duplicate: true });
  });

  test('ends a fault after so many times, lets the first that fits win, and keeps one without a count', () => {
    const faults = new FaultList();
    faults.add({ on: {}, do: { status: 429 }, times: 2 });
    const id = faults.add({ on: {}, do: { status: 500 } });
    const struck = Array.from({ length: 5 }, () => faults.strike(post)?.status);
    expect(struck).toEqual([429, 429, 500, 500, 500]);
    expect([faults.remove(id), faults.remove(id)]).toEqual([true, false]);
    expect(faults.strike(post)).toBeUndefined();
  });

  test('strikes a share of the calls, the same ones for the same seed', () => {
    const run = (seed: number): boolean[] => {
      const faults = new FaultList();
      faults.add({ on: {}, do: { status: 500 }, rate: 0.3, seed });
      return Array.from({ length: 1000 }, () => faults.strike(post) !== undefined);
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
    const struck = run(7).filter(Boolean).length;
    expect(struck).toBeGreaterThan(250);
    expect(struck).toBeLessThan(350);
  });
});
