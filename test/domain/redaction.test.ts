import { redact, redactAct } from '../../src/domain/chat/redaction';

describe('redaction', () => {
  test.each([
    ['my card is 4111 1111 1111 1111 thanks', 'my card is [card number removed] thanks'],
    ['5500-0000-0000-0004', '[card number removed]'],
    ['378282246310005', '[card number removed]'],
  ])('a card number in "%s" is taken out', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  test.each(['order 4111 1111 1111 1112', 'call me at +1 415 555 0100', 'send $20 to Lee', '1234567890123'])(
    '"%s" holds no card number and stays as it is',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );

  test('an address keeps its digits, because money goes to addresses', () => {
    expect(redact('send $5 to vic4111111111111111@example.com')).toBe('send $5 to vic4111111111111111@example.com');
    expect(redact('4111111111111111@example.com')).toBe('[card number removed]@example.com');
    expect(redact('card4111111111111111, me@example.com')).toBe('card[card number removed], me@example.com');
  });

  test('a password that is told is taken out, also where it is quoted', () => {
    expect(redact('my password is hunter2')).toBe('my password is [password removed]');
    expect(redact('Password: "correct horse"')).toBe('Password: [password removed]');
  });

  test('a password that is only spoken of stays', () => {
    expect(redact('oh man, I forgot my password')).toBe('oh man, I forgot my password');
  });

  test('edits are redacted like messages, and taps are left alone', () => {
    expect(redactAct({ kind: 'edit', of: 'm1', text: 'pin is 1234' })).toEqual({
      kind: 'edit',
      of: 'm1',
      text: 'pin is [password removed]',
    });
    const tap = { kind: 'tap', payload: 'start', title: 'Start' } as const;
    expect(redactAct(tap)).toBe(tap);
  });
});
