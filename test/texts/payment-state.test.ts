import type { PaymentWords, SourceWords } from '../../src/texts';
import { render } from '../../src/texts';

const payment: PaymentWords = {
  paymentId: 'p1',
  amount: { minor: 2000, currency: 'USD' },
  payerFirstName: 'Dana',
  payeeName: 'Lee Wong',
  payeeFirstName: 'Lee',
  payeeMaskedAddress: 'l…e@example.com',
  firstTime: false,
  fixedAmount: false,
  state: 'paid',
  at: Date.parse('2017-10-20T12:00:00Z'),
  mine: true,
};

const wallet: SourceWords = { source: 'wallet', label: 'PayPal d…a@example.com', byDefault: true };

const stateOf = (changes: Partial<PaymentWords>, paidWith = wallet): string => {
  const said = render('payment.state', { payment: { ...payment, ...changes }, paidWith });
  return said.kind === 'receipt' ? '' : said.text;
};

describe('where a payment stands, in words', () => {
  const STATES: PaymentWords['state'][] = [
    'draft',
    'replaced',
    'cancelled',
    'started',
    'charged',
    'held',
    'paid-out',
    'unclaimed',
    'paid',
    'declined',
    'refunding',
    'refunded',
    'reversed',
    'needs-operator',
  ];

  test.each(STATES)('%s names the amount with its currency and the other person, for both people', (state) => {
    expect(stateOf({ state })).toContain('$20.00 to Lee Wong');
    expect(stateOf({ state, mine: false })).toContain('$20.00 from Dana');
  });

  test.each([
    ['cancelled', 'No money has moved'],
    ['declined', 'No money has moved'],
    ['draft', 'Nothing has moved'],
    ['refunded', 'went back to you'],
    ['reversed', 'You have the money'],
    ['refunding', "on its way back to you; I'll tell you"],
  ] as const)('%s says where the money is: "%s"', (state, words) => {
    expect(stateOf({ state })).toContain(words);
  });

  test.each([
    ['started', 'less than a minute'],
    ['held', 'within a day'],
    ['unclaimed', 'within 30 days'],
    ['needs-operator', 'need not do anything'],
  ] as const)('%s says what happens next and when: "%s"', (state, words) => {
    expect(stateOf({ state })).toContain(words);
  });

  test.each([
    ['cancelled', 'unlinked', 'unlinked before it was charged'],
    ['cancelled', 'frozen', 'the account was frozen'],
    ['refunded', 'undone', 'was cancelled. The money went back to you'],
    ['refunded', 'unclaimed', 'was not claimed. The money went back to you'],
    ['refunded', 'sent-back', 'was sent back. The money went back to you'],
    ['refunded', undefined, 'could not be paid out. The money went back to you'],
    ['declined', 'over-limit', 'more than you can send within a week'],
    ['declined', 'instrument-declined', 'PayPal could not take it from your account'],
  ] as const)('%s for the reason %s says so: "%s"', (state, reason, words) => {
    expect(stateOf({ state, reason })).toContain(words);
  });

  test('a card that its bank declined is named', () => {
    const card = { source: 'c1', label: 'Visa ••0002', byDefault: false };
    expect(stateOf({ state: 'declined', reason: 'instrument-declined' }, card)).toContain('declined Visa ••0002');
  });
});
