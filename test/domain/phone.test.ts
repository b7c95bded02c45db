import { redact } from '../../src/domain/chat/redaction';
import { readPhone } from '../../src/domain/people/phone';
import { maskedPhone } from '../../src/domain/people/masked';
import { understand } from '../../src/understanding';

describe('phone numbers', () => {
  test.each([
    ['415-555-2671', '+14155552671'],
    ['(415) 555-2671', '+14155552671'],
    ['(415)555-2671', '+14155552671'],
    ['415.555.2671', '+14155552671'],
    ['4155552671', '+14155552671'],
    ['1 415 555 2671', '+14155552671'],
    ['+1 415 555 2671', '+14155552671'],
    ['+44 20 7946 0958', '+442079460958'],
    [' +49 (30) 901820 ', '+4930901820'],
  ])('"%s" is %s', (written, phone) => {
    expect(readPhone(written)).toBe(phone);
  });

  test.each([
    '555-2671',
    '115-555-2671',
    '415-155-2671',
    '20',
    '+0123456789',
    '+1234567890123456',
    'Lee',
    'lee@example.com',
    '',
  ])('"%s" is none', (written) => {
    expect(readPhone(written)).toBeUndefined();
  });

  test.each([
    [
      'send $20 to 415-555-2671 for pizza',
      { amount: { minor: 2000, currency: 'USD' }, payee: '415-555-2671', note: 'pizza' },
    ],
    ['pay +1 415 555 2671 5 dollars', { amount: { minor: 500, currency: 'USD' }, payee: '+1 415 555 2671' }],
    ['send 20 to (415) 555-2671', { amount: { minor: 2000, currency: 'USD' }, payee: '(415) 555-2671' }],
    ['(415) 555-2671', { payee: '(415) 555-2671' }],
  ])('"%s" names a payee by number, and the number is no amount', (utterance, slots) => {
    expect(understand(utterance).slots).toEqual(slots);
  });

  test('are shown by their last four digits', () => {
    expect(maskedPhone('+14155552671')).toBe('+1 •••••• 2671');
    expect(maskedPhone('+442079460958')).toBe('+44 •••••• 0958');
  });

  test('are no card numbers, while a card number stays hidden even behind a plus sign', () => {
    // Twelve digits that pass the check of card numbers.
    expect(redact('send $5 to +442079460956')).toBe('send $5 to +442079460956');
    expect(redact('my card is +4111 1111 1111 1111')).not.toContain('1111 1111');
    expect(redact('442079460956')).toBe('[card number removed]');
  });
});
