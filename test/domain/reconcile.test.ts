import { compareDay } from '../../src/domain/money/reconcile';
import type { BookedStep, Day } from '../../src/domain/money/reconcile';
import type { StatementLine } from '../../src/domain/money/statement';
import type { Payout } from '../../src/domain/money/wallet';

const usd = (minor: number) => ({ minor, currency: 'USD' }) as const;
const charge: BookedStep = { paymentId: 'p1', step: 'charge', amount: usd(2_000), fee: usd(109) };
const chargeLine: StatementLine = {
  transactionId: 'T1',
  paymentId: 'p1',
  kind: 'charge',
  status: 'done',
  amount: usd(2_000),
  fee: usd(-109),
  at: 0,
};
const payout: BookedStep = { paymentId: 'p1', step: 'payout', amount: usd(2_000), fee: usd(25) };
const paid: Payout = { batchId: 'B1', itemId: 'I1', state: 'paid', amount: usd(2_000), fee: usd(25) };

function figures(day: Partial<Day>, booked: string[] = []): string[] {
  const whole: Day = {
    booked: [],
    lines: [],
    linesOfDay: [],
    payouts: new Map(),
    isBooked: (paymentId, step) => booked.includes(`${paymentId} ${step}`),
    isOpen: () => false,
    ...day,
  };
  return compareDay(whole).map(({ figure }) => figure);
}

describe('Comparing a day of the books with the provider', () => {
  test('finds nothing where both agree', () => {
    const day = {
      booked: [charge, payout],
      lines: [chargeLine],
      linesOfDay: [chargeLine],
      payouts: new Map([['p1', paid]]),
    };
    expect(figures(day, ['p1 charge', 'p1 payout'])).toEqual([]);
  });

  test.each([
    ['is not there', [], 'charge-missing-at-provider'],
    ['is there twice', [chargeLine, { ...chargeLine, transactionId: 'T2' }], 'charge-twice-at-provider'],
    ['has another amount', [{ ...chargeLine, amount: usd(1_999) }], 'charge-differs'],
    ['has another fee', [{ ...chargeLine, fee: usd(-110) }], 'charge-differs'],
    ['is in another currency', [{ ...chargeLine, amount: { minor: 2_000, currency: 'EUR' } }], 'charge-differs'],
    ['was denied', [{ ...chargeLine, status: 'denied' }], 'charge-missing-at-provider'],
  ] as [string, StatementLine[], string][])('names a charge whose line %s', (_what, lines, figure) => {
    expect(figures({ booked: [charge], lines }, ['p1 charge'])).toEqual([figure]);
  });

  test.each([
    [undefined, [], 'payout-missing-at-provider'],
    [{ ...paid, state: 'failed' }, [], 'payout-state-differs'],
    [{ ...paid, amount: usd(1) }, [], 'payout-differs'],
    [{ ...paid, fee: usd(0) }, [], 'payout-differs'],
    [paid, ['p1 payout-returned'], 'payout-state-differs'],
  ] as [Payout | undefined, string[], string][])(
    'names a payout that the provider shows as %j',
    (shown, booked, figure) => {
      const payouts = new Map(shown ? [['p1', shown]] : []);
      expect(figures({ booked: [payout], payouts }, booked)).toEqual([figure]);
    },
  );

  test.each(['unclaimed', 'held', 'paid'] as const)('takes a payout that is %s for one that is out', (state) => {
    expect(figures({ booked: [payout], payouts: new Map([['p1', { ...paid, state }]]) })).toEqual([]);
  });

  test('takes one that came back for one that came back', () => {
    const back: BookedStep = { ...payout, step: 'payout-returned' };
    const payouts = new Map<string, Payout>([['p1', { ...paid, state: 'returned' }]]);
    expect(figures({ booked: [payout, back], payouts }, ['p1 payout-returned'])).toEqual([]);
  });

  test('names a payout of an earlier day that came back without the books having it', () => {
    const line: StatementLine = {
      ...chargeLine,
      kind: 'payout',
      status: 'reversed',
      amount: usd(-2_000),
      fee: usd(-25),
    };
    expect(figures({ linesOfDay: [line] }, ['p1 payout'])).toEqual(['payout-returned-missing-in-books']);
    expect(figures({ linesOfDay: [line] }, ['p1 payout', 'p1 payout-returned'])).toEqual([]);
    expect(figures({ linesOfDay: [line], isOpen: () => true }, ['p1 payout'])).toEqual([]);
    expect(figures({ linesOfDay: [line] })).toEqual([]);
  });

  test('names a line that the books do not have, unless its payment is still open', () => {
    expect(figures({ linesOfDay: [chargeLine] })).toEqual(['charge-missing-in-books']);
    expect(figures({ linesOfDay: [chargeLine], isOpen: () => true })).toEqual([]);
    expect(figures({ linesOfDay: [{ ...chargeLine, status: 'denied' }] })).toEqual([]);
  });

  test('names money that moved for no payment of ours', () => {
    const { paymentId: _none, ...anonymous } = chargeLine;
    expect(figures({ linesOfDay: [anonymous] })).toEqual(['charge-of-no-payment']);
    expect(figures({ linesOfDay: [{ ...anonymous, kind: 'other' }] })).toEqual(['float-moved']);
  });

  test('takes a refund that was made by hand for the reversal that the books call it', () => {
    const line: StatementLine = {
      ...chargeLine,
      transactionId: 'R1',
      kind: 'refund',
      amount: usd(-2_000),
      fee: usd(0),
    };
    const reversal: BookedStep = { ...charge, step: 'reversal', fee: usd(0) };
    expect(figures({ booked: [reversal], lines: [line], linesOfDay: [line] }, ['p1 reversal'])).toEqual([]);
  });
});
