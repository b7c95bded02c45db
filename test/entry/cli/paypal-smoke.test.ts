import { smokePayPal } from '../../../src/entry/cli/paypal-smoke';
import { startWorld } from '../../wallets/paypal/with-simulator/simulated-paypal';
import type { World } from '../../wallets/paypal/with-simulator/simulated-paypal';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('the smoke run', () => {
  it('by default reads, moves nothing, and says so', async () => {
    const lines: string[] = [];
    expect(await smokePayPal({ ...world.options, oneCent: false, say: (line) => lines.push(line) })).toBe(true);
    expect(lines.filter((line) => line.startsWith('  ok '))).toHaveLength(2);
    expect(lines.at(-1)).toContain('Nothing was moved');
  });

  it('moves one cent there and back once a person approves', async () => {
    const payer = await world.account();
    const lines: string[] = [];
    let approved: Promise<unknown> = Promise.resolve();
    const say = (line: string): void => {
      lines.push(line);
      const [address] = /https?:\/\/\S+approval_session_id=\S+/.exec(line) ?? [];
      if (address !== undefined) approved = world.approve(address, payer.email);
    };
    expect(await smokePayPal({ ...world.options, oneCent: true, say, pollMs: 50 })).toBe(true);
    await approved;
    expect(lines.filter((line) => line.includes('FAILED'))).toEqual([]);
    expect(await world.balance(payer.email)).toBe('100.01');
  });

  it('says what went wrong, in words an operator can quote, and keeps no secret in them', async () => {
    const lines: string[] = [];
    const options = { ...world.options, clientSecret: 'a-wrong-secret', oneCent: false };
    expect(await smokePayPal({ ...options, say: (line) => lines.push(line) })).toBe(false);
    expect(lines.join('\n')).toMatch(/FAILED .*not-authorized \(invalid_client/);
    expect(lines.join('\n')).not.toContain('a-wrong-secret');
  });
});
