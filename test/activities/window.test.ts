import { allowedRule } from '../../activities/chat/window';

const NOW = Date.parse('2017-10-20T12:00:00Z');
const hoursAgo = (hours: number): Date => new Date(NOW - hours * 3_600_000);

describe('when a message may leave', () => {
  test.each([
    ['bot', { lastActAt: hoursAgo(23) }, 'response'],
    ['bot', { lastActAt: hoursAgo(24) }, undefined],
    ['bot', {}, undefined],
    ['bot', { lastActAt: hoursAgo(30), adClickAt: hoursAgo(100) }, 'response'],
    ['bot', { lastActAt: hoursAgo(169), adClickAt: hoursAgo(169) }, undefined],
    ['rep', { lastActAt: hoursAgo(23) }, 'response'],
    ['rep', { lastActAt: hoursAgo(25) }, 'human-agent'],
    ['rep', { lastActAt: hoursAgo(169) }, undefined],
    ['notice', { lastActAt: hoursAgo(25), locale: 'en_US' }, 'utility'],
    ['notice', { lastActAt: hoursAgo(25), locale: 'de_DE' }, undefined],
    ['notice', { lastActAt: hoursAgo(25) }, undefined],
    ['notice', { lastActAt: hoursAgo(1), locale: 'de_DE' }, 'response'],
  ] as const)('words of a %s to somebody with %j leave as %s', (speaker, person, rule) => {
    const written = speaker === 'notice' ? 'utility' : 'response';
    expect(allowedRule({ speaker, rule: written }, person, NOW)).toBe(rule);
  });

  test('a notice that tells nothing of money waits, in every market', () => {
    const person = { lastActAt: hoursAgo(25), locale: 'en_US' };
    expect(allowedRule({ speaker: 'notice', rule: 'response' }, person, NOW)).toBeUndefined();
  });
});
