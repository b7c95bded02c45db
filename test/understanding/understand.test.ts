import { SURE_ENOUGH } from '../../src/domain/chat/understanding';
import { understand } from '../../src/understanding';

const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('the first understanding', () => {
  test.each([
    ['oh man, I forgot my password', 'password_reset'],
    ["I can't log in", 'password_reset'],
    ['I want to talk to a real person please', 'talk_to_human'],
    ['agent', 'talk_to_human'],
    ['where is my payment?', 'transaction_status'],
    ['the money still has not arrived, what is the status of my payment', 'transaction_status'],
    ['show my payments', 'transaction_history'],
    ['hello', 'greeting'],
    ['thanks!', 'thanks_bye'],
    ['cancel', 'cancel'],
    ['never mind', 'cancel'],
    ['undo', 'cancel'],
    ['decline', 'decline_request'],
    ['I decline the request', 'decline_request'],
    ['link my paypal account', 'link_account'],
    ['request $5 from Lee', 'request_money'],
    ['send money', 'send_money'],
    ['help', 'help'],
  ])('"%s" means %s', (utterance, intent) => {
    const understood = understand(utterance);
    expect(understood.intent).toBe(intent);
    expect(understood.confidence).toBeGreaterThanOrEqual(SURE_ENOUGH);
  });

  test.each([
    ['send $20 to Lee for pizza', { amount: usd(2000), payee: 'Lee', note: 'pizza' }],
    ['pay lee 20', { amount: usd(2000), payee: 'lee' }],
    ['send lee@example.com $1,000.50', { amount: usd(100050), payee: 'lee@example.com' }],
    ['send kim2@example.com 5 bucks', { amount: usd(500), payee: 'kim2@example.com' }],
    ['send $30 to Lee Wong please', { amount: usd(3000), payee: 'Lee Wong' }],
    ['send money', {}],
    ['I want to send money', {}],
    ['I want to send $5 to Lee', { amount: usd(500), payee: 'Lee' }],
    ["I'd like to send Lee $5", { amount: usd(500), payee: 'Lee' }],
    ['send 20$ to lee', { amount: usd(2000), payee: 'lee' }],
    ['transfer $7.25 to Lee, thanks', { amount: usd(725), payee: 'Lee' }],
    ['please pay Lee back $10', { amount: usd(1000), payee: 'Lee' }],
    ['send $20 to Lee 🍕', { amount: usd(2000), payee: 'Lee' }],
    ['send $20 for pizza to Lee', { amount: usd(2000), payee: 'Lee', note: 'pizza' }],
    ['send Lee $20 for a trip to Rome', { amount: usd(2000), payee: 'Lee', note: 'a trip to Rome' }],
  ])('"%s" is read with its amount, payee and note', (utterance, slots) => {
    expect(understand(utterance)).toMatchObject({ intent: 'send_money', slots });
    expect(understand(utterance).slots).toEqual(slots);
  });

  test.each([
    ['request $20 from Lee for pizza', 'request_money', { amount: usd(2000), payers: ['Lee'], note: 'pizza' }],
    ['ask Lee for $5', 'request_money', { amount: usd(500), payers: ['Lee'] }],
    ['ask Lee for $5 for pizza', 'request_money', { amount: usd(500), payers: ['Lee'], note: 'pizza' }],
    ['request $8 for lunch from Lee', 'request_money', { amount: usd(800), payers: ['Lee'], note: 'lunch' }],
    [
      'split $60 for dinner with Kim and Lee',
      'split_bill',
      { amount: usd(6000), payers: ['Kim', 'Lee'], note: 'dinner' },
    ],
    ['request $20 each from Lee and Kim', 'request_money', { amount: usd(2000), payers: ['Lee', 'Kim'], each: true }],
    [
      'split $60 with Lee, Kim & Bo for dinner',
      'split_bill',
      { amount: usd(6000), payers: ['Lee', 'Kim', 'Bo'], note: 'dinner' },
    ],
    [
      'split $60 between Lee and Kim without me',
      'split_bill',
      { amount: usd(6000), payers: ['Lee', 'Kim'], withoutSelf: true },
    ],
    ['split the bill', 'split_bill', {}],
  ])('"%s" asks others, with amount, people and note', (utterance, intent, slots) => {
    expect(understand(utterance).intent).toBe(intent);
    expect(understand(utterance).slots).toEqual(slots);
  });

  test.each(['send 12.345 dollars to Kim', 'send $0 to lee', 'send $-5 to lee'])(
    '"%s" names an amount that nobody can send',
    (utterance) => {
      expect(understand(utterance).slots).toMatchObject({ amountRefused: true });
      expect(understand(utterance).slots.amount).toBeUndefined();
    },
  );

  test.each(['what is the weather like', 'Lee', 'asdf', ''])('"%s" is not acted upon', (utterance) => {
    expect(understand(utterance).confidence).toBeLessThan(SURE_ENOUGH);
  });
});
