import type { StepUpFacts, StepUpReason } from '../../src/domain/money/step-up';
import { stepUpReason } from '../../src/domain/money/step-up';

const NOW = Date.parse('2017-10-20T12:00:00Z');
const HOUR = 3_600_000;

const usual: StepUpFacts = {
  amount: { minor: 2000, currency: 'USD' },
  paidBefore: true,
  linkedAt: NOW - 30 * 24 * HOUR,
  at: NOW,
};

const usd = (minor: number) => ({ amount: { minor, currency: 'USD' as const } });

describe('a fresh login is needed', () => {
  const rows: [string, Partial<StepUpFacts>, StepUpReason | undefined][] = [
    ['not for twenty dollars to somebody paid before', {}, undefined],
    ['not for exactly USD 250.00', usd(25_000), undefined],
    ['for one cent more than USD 250.00', usd(25_001), 'large-amount'],
    [
      'for any amount in a currency without such a threshold',
      { amount: { minor: 1, currency: 'EUR' } },
      'large-amount',
    ],
    ['for the first payment to this person, however small', { ...usd(100), paidBefore: false }, 'first-payment'],
    ['for a first payment that is large, because it is large', { ...usd(90_000), paidBefore: false }, 'large-amount'],
    ['in the last minute of the first day after linking', { linkedAt: NOW - 24 * HOUR + 60_000 }, 'new-link'],
    ['not once a whole day has passed since linking', { linkedAt: NOW - 24 * HOUR }, undefined],
    ['within a day of changing the source', { sourceChangedAt: NOW - HOUR }, 'new-source'],
    ['not once a whole day has passed since changing the source', { sourceChangedAt: NOW - 24 * HOUR }, undefined],
    ['where clocks differ and the link seems to lie ahead', { linkedAt: NOW + 5_000 }, 'new-link'],
  ];
  test.each(rows)('%s', (_name, facts, reason) => {
    expect(stepUpReason({ ...usual, ...facts })).toBe(reason);
  });
});
