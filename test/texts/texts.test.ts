import { TEXT_KEYS } from '../../src/domain/chat/say';
import type { Words } from '../../src/texts';
import { maskedEmail } from '../../src/domain/people/masked';
import { needsOf, render } from '../../src/texts';
import { shown } from '../../src/texts/money';

const payment = {
  paymentId: 'p1',
  amount: { minor: 2000, currency: 'USD' },
  payerFirstName: 'Dana',
  payeeName: 'Lee Wong',
  payeeFirstName: 'Lee',
  payeeMaskedAddress: 'l…e@example.com',
  firstTime: false,
  fixedAmount: false,
  note: 'pizza',
  state: 'paid',
  at: Date.parse('2017-10-20T12:00:00Z'),
  mine: true,
} as const;

const paidWith = { source: 'wallet', label: 'PayPal d…a@example.com', byDefault: true };

const share = {
  shareId: 's1',
  payerFirstName: 'Lee',
  amount: { minor: 1000, currency: 'USD' },
  state: 'asked',
} as const;
const request = {
  requestId: 'r1',
  requesterFirstName: 'Dana',
  note: 'pizza',
  asked: { minor: 2000, currency: 'USD' },
  own: { minor: 1000, currency: 'USD' },
  shares: [share, { ...share, shareId: 's2', payerFirstName: 'Kim', state: 'paid' }],
  open: true,
} as const;

const WORDS: Words = {
  request: { ...request, shares: [...request.shares] },
  share,
  asWritten: 'lee',
  person: { firstName: 'Dana' },
  payment,
  paidWith,
  payments: [{ ...payment, paidWith }],
  contacts: [
    { contactId: 'c1', name: 'Lee Wong', maskedEmail: 'l…e@example.com' },
    { contactId: 'c2', name: 'Lee Adams', maskedEmail: 'l…s@example.com' },
  ],
  linkAddresses: { logIn: 'https://app.example/link?offer=a', web: 'https://app.example/link?offer=a&way=web' },
  account: { name: 'Dana Reyes', maskedEmail: 'd…a@example.com' },
  linkConfirmation: { sessionId: 's1', code: 'c1' },
  rep: { name: 'Ana' },
  queue: { position: 3 },
  amount: { minor: 2000, currency: 'USD' },
  passwordReset: { url: 'https://paypal.example/reset' },
  sources: [
    { source: 'wallet', label: 'PayPal', byDefault: true },
    { source: 'c1', label: 'Visa ••1111', byDefault: false },
  ],
  stepUp: { url: 'https://app.example/pay?offer=a', reason: 'first-payment' },
};

describe('texts', () => {
  test.each(TEXT_KEYS)('%s can be said from the facts that it names', (key) => {
    const words = Object.fromEntries(needsOf(key).map((need) => [need, WORDS[need]]));
    const said = JSON.stringify(render(key, words));
    expect(said).not.toMatch(/undefined|NaN|\[object/);
  });

  test.each(TEXT_KEYS)('%s has captions that a channel shows in full', (key) => {
    const card = render(key, WORDS);
    const captions = [
      ...('choices' in card ? (card.choices ?? []) : []),
      ...('buttons' in card ? card.buttons.filter((button) => 'title' in button) : []),
    ];
    // Messenger cuts the captions of quick replies and buttons after 20 characters.
    for (const { title } of captions) expect(title.length).toBeLessThanOrEqual(20);
  });

  test('a text without its facts is an error that names them', () => {
    expect(() => render('payment.confirm', {})).toThrow('payment');
  });

  test('the confirmation card shows amount, payee with masked e-mail, source and no fee', () => {
    const card = render('payment.confirm', { payment, paidWith });
    expect(card).toMatchObject({
      kind: 'buttons',
      buttons: [{ title: 'Confirm' }, { title: 'Change' }, { title: 'Cancel' }],
    });
    for (const part of ['$20.00', 'Lee Wong', 'l…e@example.com', 'PayPal d…a@example.com', 'No fee', 'pizza']) {
      expect(JSON.stringify(card)).toContain(part);
    }
  });

  test.each([
    [1, 'You are next'],
    [2, 'There is one person before you'],
    [5, 'There are 4 people before you'],
  ])('place %d in the queue is told as "%s"', (position, words) => {
    expect(JSON.stringify(render('handoff.queued', { queue: { position } }))).toContain(words);
  });

  test('a card that asks others names everybody’s part, and what became of it only once they were asked', () => {
    const asked = request.shares.map((part) => ({ ...part, state: 'asked' as const }));
    const draft = { ...request, shares: asked };
    expect(JSON.stringify(render('request.confirm', { request: draft }))).toMatch(
      /Lee \$10\.00.*Kim \$10\.00.*You \$10\.00/,
    );
    expect(JSON.stringify(render('request.confirm', { request: draft }))).not.toContain('not answered');
    expect(JSON.stringify(render('request.status', { request: draft }))).toMatch(
      /Nobody has paid yet.*not answered yet/,
    );
  });

  test('an unknown language falls back to English', () => {
    expect(render('greeting.thanks', {}, 'xx_XX')).toEqual(render('greeting.thanks', {}, 'en_US'));
  });

  test.each([
    [{ minor: 2000, currency: 'USD' }, '$20.00'],
    [{ minor: 300, currency: 'JPY' }, '¥300'],
    [{ minor: 300, currency: 'HUF' }, 'HUF\u00a0300'],
    [{ minor: 300, currency: 'TWD' }, 'NT$300'],
    [{ minor: 1234, currency: 'KWD' }, 'KWD\u00a01.234'],
    [{ minor: 123456789, currency: 'USD' }, '$1,234,567.89'],
  ] as const)('%j is shown as %s', (amount, words) => {
    expect(shown(amount)).toBe(words);
  });

  test.each([
    ['dana@example.com', 'd…a@example.com'],
    ['ab@example.com', 'a…@example.com'],
    ['a@example.com', 'a…@example.com'],
  ])('%s is masked as %s', (email, masked) => {
    expect(maskedEmail(email)).toBe(masked);
  });
});
