import type { Context } from '../../src/api/contract/detail';
import { historyWords } from '../../src/desk/words/history';
import { canRetry, lineWords, stateWords } from '../../src/desk/words/message';
import { ownerWords, reasonWords } from '../../src/desk/words/owner';
import { refusalWords } from '../../src/desk/words/refusals';
import { replyWindow } from '../../src/desk/words/reply-window';
import { age, roughly } from '../../src/desk/words/time';
import type { MessageState, ThreadMessage } from '../../src/api/contract/thread';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how long somebody waits', () => {
  test.each([
    [-5 * SECOND, '0:00'],
    [9 * SECOND, '0:09'],
    [4 * MINUTE + 10 * SECOND, '4:10'],
    [HOUR - 1, '59:59'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [3 * DAY + HOUR, '3 d'],
  ])('%d ms is %s', (ms, words) => expect(age(ms)).toBe(words));

  test.each([
    [1, '1 min'],
    [59 * MINUTE + 1, '60 min'],
    [HOUR, '1 h'],
    [47 * HOUR, '47 h'],
    [2 * DAY, '2 d'],
  ])('%d ms left is roughly %s', (ms, words) => expect(roughly(ms)).toBe(words));
});

describe('the reply window', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const context = (last: number, ad?: number): Context => ({
    account: { linked: false },
    lastActAt: new Date(now - last).toISOString(),
    ...(ad === undefined ? {} : { adClickAt: new Date(now - ad).toISOString() }),
  });

  test.each([
    ['a day long after the last act', context(3 * HOUR), 'open', 'closes in 21 h'],
    ['urgent in its last hour', context(23 * HOUR + 30 * MINUTE), 'soon', 'closes in 30 min'],
    ['for a human alone until the seventh day', context(2 * DAY), 'human', 'human-agent reply until'],
    ['closed after it', context(8 * DAY), 'closed', 'must write first'],
    ['a week long from the click on an advertisement', context(2 * DAY, 3 * DAY), 'open', 'closes in 4 d'],
  ])('is %s', (_what, given, state, words) => {
    const window = replyWindow(given, now);
    expect(window?.state).toBe(state);
    expect(window?.words).toContain(words);
  });

  test('is not spoken of where nobody has said anything', () => {
    expect(replyWindow({ account: { linked: false } }, now)).toBeUndefined();
  });
});

test('the owner is always told in words', () => {
  const since = new Date().toISOString();
  const ana = { id: 'a', name: 'Ana' };
  expect(ownerWords({ kind: 'bot', since }, 'a')).toBe('Bot');
  expect(ownerWords({ kind: 'queue', since }, 'a')).toBe('Waiting for a person');
  expect(ownerWords({ kind: 'rep', rep: ana, since }, 'a')).toBe('Yours');
  expect(ownerWords({ kind: 'rep', rep: ana, since }, 'b')).toBe("Ana's");
  expect(ownerWords({ kind: 'none', since }, 'a')).toBe('Closed');
  expect(reasonWords('something-new')).toBe('something-new');
});

describe('what became of a message', () => {
  const message = (state: MessageState, more: Partial<ThreadMessage> = {}): ThreadMessage => ({
    id: 'm',
    sequence: 1,
    direction: 'out',
    speaker: 'rep',
    content: { kind: 'text', text: 'hi' },
    state,
    at: new Date().toISOString(),
    ...more,
  });

  test('every state has words of its own', () => {
    const at = new Date().toISOString();
    expect(stateWords(message('sent'))).toBe('Sent');
    expect(stateWords(message('sent', { deliveredAt: at }))).toBe('Delivered');
    expect(stateWords(message('sent', { deliveredAt: at, readAt: at }))).toBe('Read');
    expect(stateWords(message('unconfirmed'))).toMatch(/^Not confirmed/);
    expect(stateWords(message('failed', { problem: 'window-closed' }))).toBe('Not sent: the customer must write first');
    expect(stateWords(message('failed', { problem: 'new-code' }))).toBe('Not sent: new code');
    expect(stateWords(message('waiting-window'))).toContain('when the customer writes again');
  });

  test('only a rep’s message that failed or is not confirmed can be sent again', () => {
    expect(canRetry(message('failed'))).toBe(true);
    expect(canRetry(message('unconfirmed'))).toBe(true);
    expect(canRetry(message('sent'))).toBe(false);
    expect(canRetry(message('failed', { speaker: 'bot' }))).toBe(false);
  });

  test('a line without words here is shown by its name', () => {
    expect(lineWords({ kind: 'line', key: 'reaction', detail: { emoji: '👍' } })).toBe('Reacted: 👍');
    expect(lineWords({ kind: 'line', key: 'brand-new', detail: {} })).toBe('brand new');
  });
});

test('a refusal names the colleague and how long ago it was', () => {
  const since = new Date(Date.now() - 2 * SECOND).toISOString();
  const owner = { kind: 'rep' as const, rep: { id: 'a', name: 'Ana' }, since };
  expect(refusalWords({ code: 'already_claimed', detail: '', owner, since }, 'Dana')).toMatch(
    /^Ana took Dana 0:0\d ago/,
  );
  expect(refusalWords({ code: 'brand_new', detail: 'As the server says.' })).toBe('As the server says.');
});

test('the history says who did what, and leaves out what the thread shows', () => {
  const entry = { id: 1, at: new Date().toISOString(), detail: {} };
  expect(historyWords({ ...entry, kind: 'transfer', actor: 'Ana', detail: { to: 'Bo', reason: 'Spanish' } })).toEqual({
    who: 'Ana',
    what: 'Handed it over to Bo: Spanish',
  });
  expect(historyWords({ ...entry, kind: 'queued', actor: 'person', detail: { reason: 'not-understood' } })).toEqual({
    who: 'Customer',
    what: 'Handed to a person: the bot did not understand',
  });
  expect(historyWords({ ...entry, kind: 'message' })).toBeUndefined();
});
