import { verifyLedger } from '../../../src/entry/cli/ledger-verify';
import { createPayPal } from '../../../src/wallets/paypal';
import { openBench } from '../../money/bench';
import type { Bench } from '../../money/bench';
import { query } from '../../world/time';

describe('npm run ledger:verify', () => {
  let bench: Bench;
  let now: number;
  let paymentId: string;
  beforeAll(async () => {
    bench = await openBench();
    const { world } = bench;
    paymentId = await bench.pays(world.lee.email, 900);
    await bench.ended(paymentId);
    const midnight = new Date(new Date().toISOString().slice(0, 10)).getTime() + 86_400_000;
    await world.store.ledgerSeals.seal(new Date(midnight));
    now = midnight + 5 * 3_600_000;
    await bench.ages(Math.ceil((now - Date.now()) / 3_600_000));
  });
  afterAll(() => bench.close());

  async function verified(): Promise<{ sound: boolean; said: string }> {
    const { world } = bench;
    const lines: string[] = [];
    const wallet = createPayPal({ apiUrl: world.paypal, webUrl: world.paypal, ...world.paypalClient, now: () => now });
    const sound = await verifyLedger({ store: world.store, wallet, say: (line) => lines.push(line), now });
    return { sound, said: lines.join('\n') };
  }

  test('says how much it checked where all is well', async () => {
    const { sound, said } = await verified();
    expect(said).toMatch(
      /^Seals: 6 rows of 1 days, all as they were sealed\.\nPayPal on .*: 2 bookings compared, no differences\.$/,
    );
    expect(sound).toBe(true);
  });

  test('names the first broken row and what PayPal has instead', async () => {
    const [row] = await query(
      bench.world,
      `select entry_id from ledger_entries where payment_id = $1 and step = 'charge' and account = 'owed'`,
      [paymentId],
    );
    await query(bench.world, 'alter table ledger_entries disable trigger all');
    await query(bench.world, 'update ledger_entries set amount_minor = -800 where entry_id = $1', [row?.['entry_id']]);
    await query(bench.world, 'alter table ledger_entries enable trigger all');
    const { sound, said } = await verified();
    expect(said).toContain(`First broken: row ${String(row?.['entry_id'])} was changed after it was sealed.`);
    expect(said).toContain(`${paymentId}: charge-differs (books: 800 USD, fee 76; PayPal: 900 USD, fee 76)`);
    expect(sound).toBe(false);
  });
});
