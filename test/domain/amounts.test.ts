import fc from 'fast-check';
import type { Currency } from '../../src/domain/money/amounts';
import { MINOR_DIGITS, add, fromDecimal, toDecimal } from '../../src/domain/money/amounts';

const currencies = Object.keys(MINOR_DIGITS) as Currency[];

describe('amounts', () => {
  test('every amount survives the way to a decimal string and back, in currencies of 0, 2 and 3 decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.constantFrom(...currencies), (minor, currency) => {
        expect(fromDecimal(toDecimal({ minor, currency }), currency)).toEqual({ minor, currency });
      }),
      { seed: 1 },
    );
  });

  test.each([
    [2000, 'USD', '20.00'],
    [5, 'USD', '0.05'],
    [300, 'JPY', '300'],
    [1, 'KWD', '0.001'],
  ] as const)('%i minor units of %s are written %s', (minor, currency, decimal) => {
    expect(toDecimal({ minor, currency })).toBe(decimal);
  });

  test.each([
    ['20', 2000],
    ['20.5', 2050],
    ['1,000.50', 100050],
    ['1.0', 100],
    ['1.000', 100],
  ])('%s dollars are read exactly', (decimal, minor) => {
    expect(fromDecimal(decimal, 'USD')).toEqual({ minor, currency: 'USD' });
  });

  test.each([
    ['300.5', 'JPY'],
    ['0.01', 'HUF'],
    ['1.1', 'TWD'],
    ['1.2345', 'KWD'],
  ] as const)('%s has more decimals than %s', (decimal, currency) => {
    expect(fromDecimal(decimal, currency)).toBeUndefined();
  });

  test.each([
    ['300.00', 'JPY', 300],
    ['7', 'HUF', 7],
    ['1.234', 'KWD', 1_234],
    ['1.2', 'KWD', 1_200],
  ] as const)('%s %s is read as %i minor units', (decimal, currency, minor) => {
    expect(fromDecimal(decimal, currency)).toEqual({ minor, currency });
  });

  test.each(['12.345', '1,00', 'twenty', '', '1e3', '0x10', '99999999999999999999'])(
    '"%s" is no amount of dollars',
    (decimal) => {
      expect(fromDecimal(decimal, 'USD')).toBeUndefined();
    },
  );

  test('amounts of different currencies are never added', () => {
    expect(() => add({ minor: 1, currency: 'USD' }, { minor: 1, currency: 'EUR' })).toThrow(RangeError);
  });
});
