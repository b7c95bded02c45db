import type { Card, Delivery } from '../../../src/domain/chat/channel';
import type { ProviderFailure } from '../../../src/domain/outcomes';
import type { SimulatedPlatform } from './simulated-platform';
import { actsOf, echoOf, startPlatform, until } from './simulated-platform';

interface ThreadMessage {
  mid: string;
  from: string;
  text?: string;
  metadata?: string;
  tag?: string;
  persona?: { name: string };
}

let platform: SimulatedPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());
afterEach(() => platform.control('DELETE', '/_sim/faults'));

const deliver = (to: string, metadata: string, over: Partial<Delivery> = {}) =>
  platform.messenger.send({ to, card: { kind: 'text', text: 'Hello' }, rule: 'response', metadata, ...over });
const failNext = (effect: object, times = 1) =>
  platform.control('POST', '/_sim/faults', { on: { method: 'POST', path: '/messages' }, do: effect, times });
const thread = async (psid: string) =>
  (await platform.control<{ messages: ThreadMessage[] }>('GET', `/_sim/people/${psid}/thread`)).messages;
const fromPage = async (psid: string) => (await thread(psid)).filter(({ from }) => from === 'page');

describe('sending to the simulated Messenger', () => {
  test('every kind of card is taken, shown and echoed with our id', async () => {
    const psid = await platform.person('Dana Reyes');
    const cards: Card[] = [
      { kind: 'text', text: 'Did it work? äöü 👋 50% <b>', choices: [{ title: 'Yes', payload: 'yes' }] },
      {
        kind: 'buttons',
        text: 'Link PayPal',
        buttons: [
          { kind: 'log-in', url: 'https://example.com/link' },
          { kind: 'open', title: 'Link on the web', url: 'https://example.com/link/1' },
          { kind: 'reply', title: 'Cancel', payload: 'cancel' },
        ],
      },
      {
        kind: 'buttons',
        text: 'Which bank?',
        buttons: [1, 2, 3, 4].map((n) => ({ kind: 'reply', title: `Bank ${n}`, payload: `bank:${n}` })),
      },
      {
        kind: 'receipt',
        recipientName: 'Dana Reyes',
        orderNumber: 'order-1',
        paymentMethod: 'PayPal',
        at: Date.now(),
        lines: [{ title: 'Shoes', price: { minor: 2999, currency: 'USD' } }],
        total: { minor: 2999, currency: 'USD' },
      },
    ];
    for (const [index, card] of cards.entries()) {
      const { messageId } = await deliver(psid, `card ${index}`, { card });
      const echo = await until('the echo', () => echoOf(platform.incoming, `card ${index}`));
      expect(echo).toMatchObject({ messageId, appId: '1517776481860111', source: { address: psid } });
    }
    expect(await fromPage(psid)).toHaveLength(cards.length);
    expect(platform.unsigned).toBe(0);
  });

  test('a tap on what we sent comes back with what we put behind it', async () => {
    const psid = await platform.person('Tap Taylor');
    const choices = [{ title: 'Yes', payload: 'yes:1' }];
    const { messageId: text } = await deliver(psid, 'tap 1', { card: { kind: 'text', text: 'Sure?', choices } });
    await platform.control('POST', `/_sim/people/${psid}/taps`, { mid: text, title: 'Yes' });
    const buttons: Card = {
      kind: 'buttons',
      text: 'Pay?',
      buttons: [{ kind: 'reply', title: 'Confirm', payload: 'pay:1' }],
    };
    const { messageId: card } = await deliver(psid, 'tap 2', { card: buttons });
    await platform.control('POST', `/_sim/people/${psid}/taps`, { mid: card, title: 'Confirm' });
    await until('both taps', () => (actsOf(platform.incoming, psid).length === 3 ? true : undefined));
    expect(actsOf(platform.incoming, psid).slice(1)).toEqual([
      { kind: 'tap', payload: 'yes:1', title: 'Yes' },
      { kind: 'tap', payload: 'pay:1', title: 'Confirm' },
    ]);
  });

  test('reactions, links from ads, opt-ins and messages taken back arrive as what they are', async () => {
    const psid = await platform.person('Many Max');
    const { messageId } = await deliver(psid, 'acts 1');
    const person = `/_sim/people/${psid}`;
    const { mid } = await platform.control<{ mid: string }>('POST', `${person}/messages`, { text: 'oops' });
    await platform.control('POST', `${person}/reactions`, { mid: messageId, emoji: '👍' });
    await platform.control('POST', `${person}/unsend`, { mid });
    await platform.control('POST', `${person}/referrals`, { source: 'ADS', adId: '6045246247433', ref: 'spring' });
    await platform.control('POST', `${person}/optins`, { ref: 'news' });
    await until('the last act', () => actsOf(platform.incoming, psid).find((act) => act.kind === 'opt-in'));
    expect(actsOf(platform.incoming, psid).slice(2)).toEqual([
      { kind: 'reaction', on: messageId, emoji: '👍', removed: false },
      { kind: 'unsend', of: mid },
      { kind: 'referral', source: 'ADS', ref: 'spring', fromAd: true },
      { kind: 'opt-in', ref: 'news' },
    ]);
  });

  test('while the page’s inbox has the thread nothing of ours leaves, and afterwards it does again', async () => {
    const inbox = '263902037430900';
    const psid = await platform.person('Inbox Ines');
    await deliver(psid, 'inbox 1');
    await platform.control('POST', `/_sim/people/${psid}/inbox`, { text: 'A human here' });
    const elsewhere = { outcome: 'wait-long', reason: 'thread-controlled-elsewhere', detail: { scope: 'person' } };
    await expect(deliver(psid, 'inbox 2')).rejects.toMatchObject(elsewhere);
    await platform.control('POST', `/_sim/people/${psid}/messages`, { text: 'to the human' });
    await platform.control('POST', `/_sim/people/${psid}/inbox/hand-back`, {});
    await until('the hand-back', () => actsOf(platform.incoming, psid)[2]);
    expect(actsOf(platform.incoming, psid).slice(1)).toEqual([
      { kind: 'thread-control', change: 'taken-from-us', by: inbox },
      { kind: 'thread-control', change: 'given-to-us', by: inbox },
    ]);
    const standby = platform.incoming.flatMap((item) => (item.kind === 'standby' ? [item.event] : []));
    expect(standby.filter(({ source }) => source.address === psid).map(({ act }) => act)).toMatchObject([
      { kind: 'text', text: 'to the human' },
    ]);
    expect(platform.incoming).toContainEqual(
      expect.objectContaining({
        receipt: expect.objectContaining({ kind: 'echo', appId: inbox, text: 'A human here' }),
      }),
    );
    await deliver(psid, 'inbox 3');
  });

  test('an answer that is lost leaves the send open, and the echo settles it', async () => {
    const psid = await platform.person('Lost Lee');
    await failNext({ dropResponse: true });
    await expect(deliver(psid, 'lost 1')).rejects.toMatchObject({ outcome: 'unknown' });
    const echo = await until('the echo', () => echoOf(platform.incoming, 'lost 1'));
    expect((await fromPage(psid)).map(({ mid }) => mid)).toEqual([echo.messageId]);
  });

  test('a request that is lost leaves the send open too, and no echo ever comes', async () => {
    const psid = await platform.person('Never Nat');
    await failNext({ dropRequest: true });
    await expect(deliver(psid, 'never 1')).rejects.toMatchObject({ outcome: 'unknown' });
    await deliver(psid, 'never 2');
    await until('the later echo', () => echoOf(platform.incoming, 'never 2'));
    expect(echoOf(platform.incoming, 'never 1')).toBeUndefined();
  });

  test('a trouble of Messenger’s own is tried again, a rate limit later', async () => {
    const psid = await platform.person('Busy Bo');
    await failNext({ status: 503 });
    await expect(deliver(psid, 'busy')).rejects.toMatchObject({ outcome: 'retry', reason: 'unavailable' });
    await failNext({ status: 429, error: { code: 613 } });
    await expect(deliver(psid, 'busy')).rejects.toMatchObject({ outcome: 'wait-long', reason: 'rate-limited' });
    await deliver(psid, 'busy');
    expect(await fromPage(psid)).toHaveLength(1);
  });

  test('a rep’s message is shown under a persona', async () => {
    const psid = await platform.person('Persona Pat');
    const personaId = await platform.messenger.createPersona({
      name: 'Ana R.',
      pictureUrl: 'https://example.com/a.png',
    });
    await platform.messenger.showTyping(psid, personaId);
    await deliver(psid, 'persona 1', { personaId });
    expect((await fromPage(psid))[0]?.persona?.name).toBe('Ana R.');
  });

  test('a person nobody knows is not found', async () => {
    await expect(deliver('1234567890123456', 'nobody')).rejects.toMatchObject({
      outcome: 'final',
      reason: 'not-found',
    });
  });

  test('the profile, the page’s set-up and unlinking are taken', async () => {
    const psid = await platform.person('Kim Ito');
    await expect(platform.messenger.profile(psid)).resolves.toMatchObject({ name: 'Kim Ito', firstName: 'Kim' });
    const menu = [{ title: 'Send', payload: 'menu:send' }];
    await platform.messenger.setUpPage({ greeting: 'Hi', startPayload: 'start', menu });
    await platform.control('POST', `/_sim/people/${psid}/taps`, { menu: 'Send' });
    const tap = { kind: 'tap', payload: 'menu:send', title: 'Send' };
    await until('the menu tap', () => actsOf(platform.incoming, psid).find((act) => act.kind === 'tap'));
    expect(actsOf(platform.incoming, psid).at(-1)).toEqual(tap);
    const since = new Date().toISOString();
    await platform.messenger.setUpPage({ greeting: 'Hi', startPayload: 'start', menu });
    const { requests } = await platform.control<{ requests: { method: string }[] }>(
      'GET',
      `/_sim/requests?since=${since}`,
    );
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
    await platform.messenger.unlinkAccount(psid);
  });
});

describe('the window of the simulated Messenger', () => {
  test('after it only a human’s words leave; the bot’s wait for the person, and retired tags are refused', async () => {
    const psid = await platform.person('Window Will');
    await platform.control('POST', '/_sim/clock', { advance: 'PT25H' });
    const closed = { outcome: 'needs-person', reason: 'window-closed', detail: { scope: 'person' } };
    await expect(deliver(psid, 'late 1')).rejects.toMatchObject(closed);
    await deliver(psid, 'late 2', { rule: 'human-agent' });
    expect((await fromPage(psid)).map(({ tag }) => tag)).toEqual(['HUMAN_AGENT']);
    const retired = { messaging_type: 'MESSAGE_TAG', tag: 'POST_PURCHASE_UPDATE' };
    const refused = await platform.graph({ recipient: { id: psid }, message: { text: 'Receipt' }, ...retired });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    await platform.control('POST', '/_sim/clock', { advance: 'P7D' });
    await expect(deliver(psid, 'late 3', { rule: 'human-agent' })).rejects.toMatchObject(closed);
  });
});

describe('under lost answers, errors and rate limits', () => {
  test('waiting for the echo before anything else sends nothing twice and loses nothing', async () => {
    const psid = await platform.person('Storm Sam');
    const effects = [{ dropResponse: true }, { status: 500 }, { status: 429, error: { code: 4 } }];
    const wanted = Array.from({ length: 60 }, (_, n) => `storm ${n}`);
    for (const [n, metadata] of wanted.entries()) {
      const effect = effects[n % 4];
      if (effect) await failNext(effect, 1 + (n % 2));
      await sendOnce(psid, metadata);
    }
    const shown = (await fromPage(psid)).map(({ metadata }) => metadata);
    expect(shown).toEqual(wanted);
  });

  /** What an outbox does: only a proven refusal is tried again, an open send waits for its echo. */
  async function sendOnce(psid: string, metadata: string): Promise<void> {
    for (;;) {
      const outcome = await deliver(psid, metadata).then(
        () => 'done',
        (error: ProviderFailure) => error.outcome,
      );
      if (outcome === 'done') return;
      if (outcome === 'unknown') return void (await until('the echo', () => echoOf(platform.incoming, metadata)));
      expect(['retry', 'wait-long']).toContain(outcome);
    }
  }
});
