import { WrongShape, parseBody, readWebhook } from '../../../../src/channels/messenger/webhook';
import type { Incoming, PersonEvent } from '../../../../src/domain/chat/events';

const NOW = 1_764_000_000_000;
const PAGE = '106378625516323';
const PSID = '5275811702471834';
const item = (content: object, over: object = {}) => ({
  sender: { id: PSID },
  recipient: { id: PAGE },
  timestamp: NOW - 1000,
  ...content,
  ...over,
});
const hook = (...messaging: unknown[]) => ({ object: 'page', entry: [{ id: PAGE, time: NOW, messaging }] });
const read = (body: unknown, ours = {}) => readWebhook(body, { pageId: PAGE, appId: '200', ...ours }, NOW);
const one = (content: object, over: object = {}, ours = {}): Incoming | undefined =>
  read(hook(item(content, over)), ours)[0];
const eventOf = (incoming: Incoming | undefined): PersonEvent => {
  if (incoming?.kind !== 'event') throw new Error(`no event but ${JSON.stringify(incoming)}`);
  return incoming.event;
};
const TEXT = { message: { mid: 'm_1', text: 'hi' } };

describe('ids', () => {
  test.each([
    ['a number', '5275811702471834'],
    ['a number beyond 2^53', '92757118024718345678'],
  ])('%s keeps all its digits', (_what, digits) => {
    const body = `{"object":"page","entry":[{"id":${PAGE},"messaging":[{"sender":{"id":${digits}},"recipient":{"id":${PAGE}},"message":{"mid":"m_1","text":"is 12345678901234567890 \\" , 12345678901234567890 yours?"}}]}]}`;
    const event = eventOf(read(parseBody(Buffer.from(body)))[0]);
    expect(event.source).toEqual({ page: PAGE, address: digits });
    expect(event.act).toMatchObject({ text: 'is 12345678901234567890 " , 12345678901234567890 yours?' });
  });

  test('short numbers stay numbers, and so do decimals and exponents', () => {
    const json = '[1,-1,123456789012345,0.12345678901234567,1e1234567890123456]';
    expect(parseBody(Buffer.from(json))).toEqual(JSON.parse(json));
    expect(parseBody(Buffer.from('[1234567890123456]'))).toEqual(['1234567890123456']);
  });

  test('application ids as numbers beyond 2^53 are never confused', () => {
    const body = (id: string) =>
      `{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"1"},"recipient":{"id":"2"},"message":{"is_echo":true,"app_id":${id},"mid":"m_1"}}]}]}`;
    const appOf = (id: string) => read(parseBody(Buffer.from(body(id))))[0];
    expect(appOf('9007199254740993')).toMatchObject({ receipt: { appId: '9007199254740993' } });
    expect(appOf('9007199254740992')).toMatchObject({ receipt: { appId: '9007199254740992' } });
  });
});

describe('times', () => {
  test.each<[string, unknown, number]>([
    ['milliseconds', 1_458_692_752_478, 1_458_692_752_478],
    ['seconds', 1_458_692_752, 1_458_692_752_000],
    ['a string of milliseconds', '1458692752478', 1_458_692_752_478],
    ['a string of seconds', '1527459824', 1_527_459_824_000],
    ['nonsense', 'yesterday', NOW],
    ['nothing', undefined, NOW],
    ['a negative number', -5, NOW],
    ['the far future', NOW + 30 * 24 * 3_600_000, NOW],
  ])('%s as timestamp', (_what, timestamp, at) => {
    expect(eventOf(one(TEXT, { timestamp })).at).toBe(at);
  });

  test('a watermark may be a string, and a delivery may come without messages', () => {
    expect(one({ delivery: { watermark: '1458668856253' } })).toMatchObject({
      receipt: { kind: 'delivered', messageIds: [], watermark: 1_458_668_856_253 },
    });
  });
});

describe('sides', () => {
  const echo = { message: { mid: 'm_1', is_echo: true, app_id: 200, metadata: 'message 1' } };

  test.each([
    ['the page as sender', { sender: { id: PAGE }, recipient: { id: PSID } }],
    ['the sides swapped', {}],
  ])('an echo with %s is about the person', (_what, over) => {
    expect(one(echo, over)).toMatchObject({ receipt: { kind: 'echo', source: { page: PAGE, address: PSID } } });
  });

  test('a message from the page that is not marked as an echo is one, so that no bot answers itself', () => {
    const incoming = one(TEXT, { sender: { id: PAGE }, recipient: { id: PSID } });
    expect(incoming).toMatchObject({ kind: 'receipt', receipt: { kind: 'echo', source: { address: PSID } } });
  });

  test('other acts of the page itself are counted and nothing else', () => {
    const reaction = { reaction: { mid: 'm_1', action: 'react', emoji: '👍' } };
    const incoming = one(reaction, { sender: { id: PAGE }, recipient: { id: PSID } });
    expect(incoming).toEqual({ kind: 'ignored', name: 'reaction:by-page' });
  });

  test('without an entry id our own page id tells the sides of an echo', () => {
    const body = { object: 'page', entry: [{ messaging: [item(echo)] }] };
    expect(read(body)[0]).toMatchObject({ receipt: { source: { page: PAGE, address: PSID } } });
  });

  test('an item without a sender, or with a plugin’s user reference, is counted by its kind', () => {
    expect(one(TEXT, { sender: undefined })).toEqual({ kind: 'ignored', name: 'message:no-person' });
    expect(one(TEXT, { sender: { user_ref: 'x' } })).toEqual({ kind: 'ignored', name: 'message:no-person' });
  });
});

describe('batches', () => {
  test('every entry, list and item is read, in order, and a malformed one holds back no other', () => {
    const body = {
      object: 'page',
      entry: [
        {
          id: PAGE,
          messaging: [item(TEXT), null, 7, item({ message: null }), item({ message: { mid: 'm_2', text: 'two' } })],
          standby: [item({ message: { mid: 'm_3', text: 'three' } })],
          changes: [{ field: 'messages', value: item({ message: { mid: 'm_4', text: 'four' } }) }],
        },
        'nonsense',
        { id: '777', messaging: [item({ message: { mid: 'm_5', text: 'five' } }, { recipient: { id: '777' } })] },
      ],
    };
    const incoming = read(body);
    expect(incoming.map((each) => ('event' in each ? each.event.messageId : each.kind))).toEqual([
      'm_1',
      'ignored',
      'ignored',
      'ignored',
      'm_2',
      'm_3',
      'm_4',
      'ignored',
      'm_5',
    ]);
    expect(incoming[5]?.kind).toBe('standby');
    expect(incoming[8]).toMatchObject({ event: { source: { page: '777' } } });
    expect(incoming.flatMap((each) => (each.kind === 'ignored' ? [each.name] : []))).toEqual([
      'item:malformed',
      'item:malformed',
      'message:malformed',
      'entry:malformed',
    ]);
  });

  test('a sample that Meta sends on request, a subscription and a change of the page are counted by their field', () => {
    const changes = [
      { field: 'messages', value: { page_id: PAGE } },
      { field: 'feed', value: { item: 'post' } },
      { field: 'standby', value: item(TEXT) },
      {},
    ];
    const incoming = read({ object: 'page', entry: [{ id: '0', time: 1_527_459_824, changes }] });
    expect(incoming.map((each) => (each.kind === 'ignored' ? each.name : each.kind))).toEqual([
      'change:messages',
      'change:feed',
      'standby',
      'change',
    ]);
  });

  test('objects other than a page are counted and not taken for one', () => {
    expect(read({ ...hook(item(TEXT)), object: 'instagram' })).toEqual([{ kind: 'ignored', name: 'other-object' }]);
  });

  test.each([
    ['no object', { entry: [] }],
    ['no entry', { object: 'page' }],
    ['an entry that is no list', { object: 'page', entry: {} }],
    ['a list', []],
    ['nothing', null],
  ])('%s is no webhook body', (_what, body) => {
    expect(() => read(body)).toThrow(WrongShape);
  });

  test.each(['', '{', '{"a":}', 'nonsense'])('%j is no webhook body either', (text) => {
    expect(() => parseBody(Buffer.from(text))).toThrow(WrongShape);
    expect(() => parseBody(Buffer.from([0x22, 0xff, 0x22]))).toThrow(WrongShape);
  });
});

describe('what people do', () => {
  test.each<[string, object, object]>([
    ['an edit', { message_edit: { mid: 'm_9', text: 'new', num_edit: '2' } }, { kind: 'edit', of: 'm_9', text: 'new' }],
    ['an unsent message', { message: { mid: 'm_9', is_deleted: true } }, { kind: 'unsend', of: 'm_9' }],
    [
      'a removed reaction',
      { reaction: { mid: 'm_9', action: 'unreact' } },
      { kind: 'reaction', on: 'm_9', removed: true },
    ],
    [
      'a quick reply whose payload is null',
      { message: { mid: 'm_9', text: 'Yes', quick_reply: { payload: null } } },
      { kind: 'text', text: 'Yes', attachments: [] },
    ],
    [
      'a sticker, in its older form',
      { message: { mid: 'm_9', attachments: [{ type: 'image', payload: { url: 'u', sticker_id: 369239263222822 } }] } },
      { kind: 'attachments', attachments: [{ type: 'sticker', url: 'u' }] },
    ],
    [
      'something Messenger withholds',
      { message: { mid: 'm_9', is_unsupported: true } },
      { kind: 'attachments', attachments: [{ type: 'unsupported' }] },
    ],
    [
      'a first message after an ad',
      { message: { mid: 'm_9', text: 'hi', referral: { source: 'ADS', ad_id: 6045246247433, ref: null } } },
      { kind: 'text', text: 'hi', attachments: [], referral: { source: 'ADS', fromAd: true } },
    ],
    ['an opt-in to be notified', { optin: { type: 'one_time_notif_req', payload: 'p' } }, { kind: 'opt-in', ref: 'p' }],
  ])('%s', (_what, content, act) => {
    expect(eventOf(one(content)).act).toEqual(act);
  });

  test('control of the thread is ours or not by who the new owner is', () => {
    const change = (content: object) => eventOf(one(content)).act;
    const ours = { new_owner_app_id: 200, previous_owner_app_id: '263902037430900' };
    const others = { new_owner_app_id: '263902037430900', previous_owner_app_id: '200' };
    const given = { kind: 'thread-control', change: 'given-to-us', by: '263902037430900' };
    const taken = { kind: 'thread-control', change: 'taken-from-us', by: '263902037430900' };
    expect(change({ pass_thread_control: ours })).toEqual(given);
    expect(change({ take_thread_control: ours })).toEqual(given);
    expect(change({ pass_thread_control: others })).toEqual(taken);
    expect(change({ take_thread_control: others })).toEqual(taken);
  });

  test.each([
    ['an empty message', { message: { mid: 'm_1' } }, 'message:empty'],
    ['a message without id', { message: { text: 'hi' } }, 'message:malformed'],
    ['linking without a code', { account_linking: { status: 'linked' } }, 'account_linking:malformed'],
    ['an edit without text', { message_edit: { mid: 'm_1' } }, 'message_edit:malformed'],
    ['a kind nobody knows', { message_poll: {} }, 'unknown:message_poll'],
    ['a kind that is no name', { '<b>': {} }, 'unknown'],
    ['nothing', {}, 'unknown'],
  ])('%s is counted under its name', (_what, content, name) => {
    expect(one(content)).toEqual({ kind: 'ignored', name });
  });

  test('texts are such that a database and a workflow can take them', () => {
    const act = (text: string) => eventOf(one({ message: { mid: 'm_1', text } })).act;
    expect(act('a\0b\ud800c')).toMatchObject({ text: 'ab\u{FFFD}c' });
    expect(JSON.stringify(act('x'.repeat(3_000_000))).length).toBeLessThan(21_000);
  });
});

describe('keys of events', () => {
  const key = (content: object, over: object = {}) => eventOf(one(content, over)).key;

  test('a message’s key is its id, whatever the time of the delivery', () => {
    expect(key(TEXT)).toBe('m_1');
    expect(key(TEXT, { timestamp: 1 })).toBe('m_1');
  });

  test('what happens to a message later has keys of its own, one per edit', () => {
    const edit = (num_edit?: number, text = 'new') => ({ message_edit: { mid: 'm_1', text, num_edit } });
    const keys = [TEXT, edit(1), edit(2), edit(undefined), edit(undefined, 'newer')].map((content) => key(content));
    keys.push(key({ message: { mid: 'm_1', is_deleted: true } }));
    for (const action of ['react', 'unreact']) keys.push(key({ reaction: { mid: 'm_1', action, emoji: '👍' } }));
    expect(new Set(keys).size).toBe(keys.length);
    expect(key(edit(1), { timestamp: 5 })).toBe(key(edit(1)));
  });

  test('without an id it is page, person, time and content, and shows none of them', () => {
    const postback = { postback: { title: 'Send', payload: 'menu:send' } };
    const keys = [
      key(postback),
      key(postback, { timestamp: NOW }),
      key(postback, { sender: { id: '1' } }),
      key({ postback: { title: 'Send', payload: 'menu:request' } }),
      key({ account_linking: { status: 'unlinked' } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(key(postback)).toBe(keys[0]);
    expect(keys.join()).not.toContain(PSID);
  });
});
