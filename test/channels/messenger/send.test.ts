import { createHmac } from 'node:crypto';
import { createMessenger } from '../../../src/channels/messenger';
import type { Card, Delivery } from '../../../src/domain/chat/channel';
import type { ProviderFailure } from '../../../src/domain/outcomes';
import type { RecordingServer } from './recording-server';
import { answer, startRecordingServer } from './recording-server';

const OPTIONS = { pageId: '100', appId: '200', appSecret: 'app secret', pageToken: 'PAGE-TOKEN' };
const PROOF = createHmac('sha256', 'app secret').update('PAGE-TOKEN').digest('hex');
const TEXT: Card = { kind: 'text', text: 'Hello' };

let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(() => server.close());

const messenger = (over: object = {}) => createMessenger({ apiUrl: server.url, ...OPTIONS, ...over });
const delivery = (over: Partial<Delivery> = {}): Delivery => ({
  to: '5275811702471834',
  card: TEXT,
  rule: 'response',
  metadata: 'message 1',
  ...over,
});
const lastCall = () => server.calls.at(-1);

/** The message that a card went out as. */
async function sent(card: Card): Promise<unknown> {
  await messenger().send(delivery({ card }));
  return lastCall()?.body['message'];
}

describe('a send on the wire', () => {
  test('is one POST of JSON to the page, with the id of ours as metadata, and gives Messenger’s id', async () => {
    server.next(answer(200, { recipient_id: '5275811702471834', message_id: 'm_abc' }));
    await expect(messenger().send(delivery())).resolves.toEqual({ messageId: 'm_abc' });
    expect(lastCall()).toMatchObject({ method: 'POST', url: '/v25.0/100/messages' });
    expect(lastCall()?.headers['content-type']).toBe('application/json');
    expect(lastCall()?.body).toEqual({
      recipient: { id: '5275811702471834' },
      messaging_type: 'RESPONSE',
      message: { text: 'Hello', metadata: 'message 1' },
      appsecret_proof: PROOF,
    });
  });

  test('carries the token in a header and neither token nor proof in the address', async () => {
    await messenger({ version: 'v26.0' }).send(delivery());
    expect(lastCall()?.headers.authorization).toBe('Bearer PAGE-TOKEN');
    expect(lastCall()?.url).toBe('/v26.0/100/messages');
  });

  test('carries the trace on', async () => {
    await messenger({ traceHeaders: () => ({ traceparent: '00-trace-span-01' }) }).send(delivery());
    expect(lastCall()?.headers['traceparent']).toBe('00-trace-span-01');
  });

  test('says under which rule it leaves, and never with a retired tag', async () => {
    await messenger().send(delivery({ rule: 'human-agent' }));
    expect(lastCall()?.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    await messenger().send(delivery({ rule: 'utility' }));
    expect(lastCall()?.body).toMatchObject({ messaging_type: 'UTILITY' });
    expect(lastCall()?.body).not.toHaveProperty('tag');
  });

  test('is shown under a persona where one is given', async () => {
    await messenger().send(delivery({ personaId: '300' }));
    expect(lastCall()?.body['persona_id']).toBe('300');
  });
});

describe('cards as Messenger takes them', () => {
  const choices = [
    { title: 'Yes', payload: 'yes' },
    { title: 'Talk to a person about it', payload: 'person' },
  ];

  test('a text has its choices as quick replies, their titles cut at a word', async () => {
    expect(await sent({ kind: 'text', text: 'Did it work?', choices })).toMatchObject({
      text: 'Did it work?',
      quick_replies: [
        { content_type: 'text', title: 'Yes', payload: 'yes' },
        { content_type: 'text', title: 'Talk to a person…', payload: 'person' },
      ],
    });
  });

  test('up to three buttons become a button template, which may have quick replies too', async () => {
    const card: Card = {
      kind: 'buttons',
      text: 'Pay $20.00 to Lee?',
      choices,
      buttons: [
        { kind: 'reply', title: 'Confirm', payload: 'confirm:1' },
        { kind: 'open', title: 'Approve payment', url: 'https://example.com/pay' },
        { kind: 'log-in', url: 'https://example.com/link' },
      ],
    };
    expect(await sent(card)).toMatchObject({
      attachment: {
        type: 'template',
        payload: {
          template_type: 'button',
          text: 'Pay $20.00 to Lee?',
          buttons: [
            { type: 'postback', title: 'Confirm', payload: 'confirm:1' },
            { type: 'web_url', title: 'Approve payment', url: 'https://example.com/pay' },
            { type: 'account_link', url: 'https://example.com/link' },
          ],
        },
      },
      quick_replies: [{ title: 'Yes' }, {}],
    });
  });

  test('a log-out button has nothing but its type', async () => {
    const card: Card = { kind: 'buttons', text: 'Unlink?', buttons: [{ kind: 'log-out' }] };
    expect(await sent(card)).toMatchObject({ attachment: { payload: { buttons: [{ type: 'account_unlink' }] } } });
  });

  test('more than three buttons become a carousel with three to an element', async () => {
    const buttons = [1, 2, 3, 4].map((n) => ({ kind: 'reply' as const, title: `Bank ${n}`, payload: `bank:${n}` }));
    expect(await sent({ kind: 'buttons', text: 'Which bank?', buttons })).toMatchObject({
      attachment: {
        payload: {
          template_type: 'generic',
          elements: [
            { title: 'Which bank?', buttons: [{ title: 'Bank 1' }, { title: 'Bank 2' }, { title: 'Bank 3' }] },
            { title: 'Which bank?', buttons: [{ title: 'Bank 4' }] },
          ],
        },
      },
    });
  });

  test('a receipt has amounts as numbers, one currency and its time in seconds', async () => {
    const card: Card = {
      kind: 'receipt',
      recipientName: 'Dana Reyes',
      merchantName: 'Shop',
      orderNumber: 'order-1',
      paymentMethod: 'PayPal',
      at: 1_458_692_752_478,
      lines: [{ title: 'Shoes', subtitle: 'Red', quantity: 2, price: { minor: 1999, currency: 'USD' } }],
      total: { minor: 3998, currency: 'USD' },
    };
    expect(await sent(card)).toMatchObject({
      attachment: {
        type: 'template',
        payload: {
          template_type: 'receipt',
          recipient_name: 'Dana Reyes',
          merchant_name: 'Shop',
          order_number: 'order-1',
          currency: 'USD',
          payment_method: 'PayPal',
          timestamp: '1458692752',
          elements: [{ title: 'Shoes', subtitle: 'Red', quantity: 2, price: 19.99, currency: 'USD' }],
          summary: { total_cost: 39.98 },
        },
      },
    });
  });

  const reply = { kind: 'reply' as const, title: 'A', payload: 'a' };
  const money = (currency: 'USD' | 'EUR') => ({ minor: 100, currency });
  const receipt = (lines: number, currency: 'USD' | 'EUR' = 'USD'): Card => ({
    kind: 'receipt',
    recipientName: 'Dana',
    orderNumber: '1',
    paymentMethod: 'PayPal',
    at: 0,
    lines: Array.from({ length: lines }, () => ({ title: 'x', price: money(currency) })),
    total: money('USD'),
  });
  const many = (count: number) => Array.from({ length: count }, () => ({ title: 'A', payload: 'a' }));

  test.each<[string, string, Partial<Delivery>]>([
    ['a text of 2000 characters', 'text of at most 1999', { card: { kind: 'text', text: 'x'.repeat(2000) } }],
    ['an empty text', 'must not be empty', { card: { kind: 'text', text: ' ' } }],
    ['14 choices', 'at most 13 choices', { card: { ...TEXT, choices: many(14) } }],
    ['a payload of 1001', 'at most 1000', { card: { ...TEXT, choices: [{ title: 'A', payload: 'x'.repeat(1001) }] } }],
    ['an empty payload', 'must not be empty', { card: { ...TEXT, choices: [{ title: 'A', payload: '' }] } }],
    ['a choice without title', 'title of a choice', { card: { ...TEXT, choices: [{ title: '', payload: 'a' }] } }],
    ['no buttons', 'at least one button', { card: { kind: 'buttons', text: 'x', buttons: [] } }],
    ['31 buttons', 'at most 30', { card: { kind: 'buttons', text: 'x', buttons: Array(31).fill(reply) } }],
    ['a button text of 641', 'at most 640', { card: { kind: 'buttons', text: 'x'.repeat(641), buttons: [reply] } }],
    [
      'a link that is no web address',
      'must be a web address',
      { card: { kind: 'buttons', text: 'x', buttons: [{ kind: 'open', title: 'A', url: 'javascript:alert(1)' }] } },
    ],
    ['101 receipt lines', 'at most 100 lines', { card: receipt(101) }],
    ['a receipt in two currencies', 'one currency', { card: receipt(1, 'EUR') }],
    ['metadata of 1000', 'metadata of at most 999', { metadata: 'x'.repeat(1000) }],
    ['an address that is a path', 'address of a person', { to: '../me' }],
  ])('%s is refused before the call, and the error names the limit', async (_what, limit, over) => {
    const before = server.calls.length;
    const failure = await messenger()
      .send(delivery(over))
      .then(
        () => undefined,
        (error: ProviderFailure) => error,
      );
    expect(failure).toMatchObject({ name: 'ProviderFailure', outcome: 'final', reason: 'invalid-request' });
    expect(failure?.message).toContain(limit);
    expect(server.calls.length).toBe(before);
  });
});

describe('the other calls', () => {
  test('typing is shown to one person, under a persona where one is given', async () => {
    await messenger().showTyping('55', '300');
    const typing = { recipient: { id: '55' }, sender_action: 'typing_on', persona_id: '300', appsecret_proof: PROOF };
    expect(lastCall()).toMatchObject({ method: 'POST', url: '/v25.0/100/messages', body: typing });
  });

  test('a profile keeps what Messenger tells and leaves out what it withholds', async () => {
    server.next(answer(200, { id: '55', first_name: 'Dana', last_name: 'Reyes', locale: 'en_US', timezone: -7 }));
    const told = { name: 'Dana Reyes', firstName: 'Dana', locale: 'en_US', timezone: -7 };
    await expect(messenger().profile('55')).resolves.toEqual(told);
    expect(lastCall()?.url).toContain('/v25.0/55?fields=name');
    expect(lastCall()?.url).not.toContain('PAGE-TOKEN');
    server.next(answer(200, {}));
    await expect(messenger().profile('55')).resolves.toEqual({});
  });

  test('a persona gives its id, a long name cut at a word', async () => {
    server.next(answer(200, { id: '987' }));
    const name = `Ana ${'R'.repeat(50)}`;
    await expect(messenger().createPersona({ name, pictureUrl: 'https://example.com/a.png' })).resolves.toBe('987');
    const persona = { name: 'Ana…', profile_picture_url: 'https://example.com/a.png' };
    expect(lastCall()).toMatchObject({ method: 'POST', url: '/v25.0/100/personas', body: persona });
  });

  test('an account is unlinked by the person’s id', async () => {
    server.next(answer(200, { result: 'unlink account success' }));
    await messenger().unlinkAccount('55');
    expect(lastCall()).toMatchObject({ method: 'POST', url: '/v25.0/me/unlink_accounts', body: { psid: '55' } });
  });
});
