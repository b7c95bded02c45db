import { randomUUID } from 'node:crypto';
import type { Card } from '../../../src/domain/chat/channel';
import type { QueuedMessage, Speaker, Store } from '../../../src/store';
import { conversing, openStore } from '../opened';
import type { OpenedStore } from '../opened';

const card = (text: string): Card => ({ kind: 'text', text });

describe('The outbox', () => {
  let opened: OpenedStore;
  let store: Store;
  let where: { personKey: string; conversationId: string };
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    where = await conversing(store);
  });

  const message = (key: string, more: Partial<QueuedMessage> = {}): QueuedMessage => ({
    ...where,
    messageId: randomUUID(),
    key,
    speaker: 'bot',
    ownerEpoch: 0,
    content: { kind: 'card', card: card(key) },
    rule: 'response',
    ...more,
  });
  const ownedBy = (kind: 'bot' | 'queue', epoch: number) =>
    store.conversations.setOwner(where.conversationId, { kind, epoch, since: new Date() });
  const stateOf = async (messageId: string) => (await store.messages.find(messageId))?.state;

  test('keeps one message per key, as it was first written', async () => {
    const first = await store.messages.queue(message('k'));
    const again = await store.messages.queue(message('k', { content: { kind: 'card', card: card('other') } }));
    expect(first).toMatchObject({ isNew: true, state: 'pending', attempts: 0 });
    expect(again).toEqual({ ...first, isNew: false });
  });

  test('keeps one message per key also when ten write it at once', async () => {
    const rows = await Promise.all(Array.from({ length: 10 }, () => store.messages.queue(message('k'))));
    expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(1);
    expect(rows.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test('gives a message to one of many that claim it', async () => {
    const { messageId } = await store.messages.queue(message('k'));
    const claims = Array.from({ length: 20 }, () => store.messages.claimForSending(messageId, ['pending']));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    await expect(store.messages.find(messageId)).resolves.toMatchObject({ state: 'sending', attempts: 1 });
  });

  test('gives a message only from the states that are named', async () => {
    const { messageId } = await store.messages.queue(message('k'));
    await expect(store.messages.claimForSending(messageId, ['failed', 'unconfirmed'])).resolves.toBe(false);
    await store.messages.markAs(messageId, 'failed', 'refused');
    await expect(store.messages.claimForSending(messageId, ['failed'])).resolves.toBe(true);
  });

  test.each([
    ['bot', 'dropped'],
    ['rep', 'dropped'],
    ['notice', 'pending'],
  ] as [Speaker, string][])('stores what the %s wrote for an earlier owner as %s', async (speaker, state) => {
    await ownedBy('queue', 3);
    await expect(store.messages.queue(message('k', { speaker, ownerEpoch: 2 }))).resolves.toMatchObject({ state });
    await expect(store.messages.queue(message('now', { speaker, ownerEpoch: 3 }))).resolves.toMatchObject({
      state: 'pending',
    });
  });

  test('drops at the last moment what was written before the owner changed', async () => {
    const bot = await store.messages.queue(message('bot'));
    const notice = await store.messages.queue(message('notice', { speaker: 'notice' }));
    await ownedBy('queue', 1);
    await expect(store.messages.claimForSending(bot.messageId, ['pending'])).resolves.toBe(false);
    await expect(stateOf(bot.messageId)).resolves.toBe('dropped');
    await expect(store.messages.claimForSending(notice.messageId, ['pending'])).resolves.toBe(true);
  });

  test('waits for a change of owner that is under way, and drops what it overtakes', async () => {
    let late: Promise<{ state: string }> | undefined;
    await store.transaction(async (tx) => {
      await tx.conversations.setOwner(where.conversationId, { kind: 'queue', epoch: 1, since: new Date() });
      late = store.messages.queue(message('late'));
      await opened.somebodyWaits();
    });
    await expect(late).resolves.toMatchObject({ state: 'dropped' });
  });

  test('waits with a claim too, and drops what was written for the owner before', async () => {
    const { messageId } = await store.messages.queue(message('k'));
    let claim: Promise<boolean> | undefined;
    await store.transaction(async (tx) => {
      await tx.conversations.setOwner(where.conversationId, { kind: 'queue', epoch: 1, since: new Date() });
      claim = store.messages.claimForSending(messageId, ['pending']);
      await opened.somebodyWaits();
    });
    await expect(claim).resolves.toBe(false);
    await expect(stateOf(messageId)).resolves.toBe('dropped');
  });

  test('does not let the owner change between the look and the commit', async () => {
    const order: string[] = [];
    let change: Promise<unknown> = Promise.resolve();
    await store.transaction(async (tx) => {
      const row = await tx.messages.queue(message('k'));
      expect(row.state).toBe('pending');
      change = ownedBy('queue', 1).then(() => order.push('changed'));
      await opened.somebodyWaits();
      order.push('committing');
    });
    await change;
    expect(order).toEqual(['committing', 'changed']);
  });

  test('never takes back that a message was sent, or that it was dropped', async () => {
    const { messageId } = await store.messages.queue(message('k'));
    await store.messages.sent(messageId, 'mid.1');
    await store.messages.markAs(messageId, 'unconfirmed', 'timed-out');
    await expect(stateOf(messageId)).resolves.toBe('sent');
    const other = await store.messages.queue(message('other'));
    await store.messages.markAs(other.messageId, 'dropped');
    await store.messages.markAs(other.messageId, 'pending');
    await store.messages.sent(other.messageId, 'mid.2');
    await expect(stateOf(other.messageId)).resolves.toBe('dropped');
  });

  test('takes a message that was not confirmed as sent once the proof is there', async () => {
    const { messageId } = await store.messages.queue(message('k'));
    await store.messages.claimForSending(messageId, ['pending']);
    await store.messages.markAs(messageId, 'unconfirmed', 'timed-out');
    await store.messages.sent(messageId, 'mid.1');
    const [row] = await store.messages.thread(where.conversationId, { limit: 1 });
    expect(row).toMatchObject({ state: 'sent', channelMessageId: 'mid.1', problem: undefined });
  });

  test('tells the desks once that a message has left', async () => {
    const { messageId } = await store.messages.queue(message('k'));
    await store.messages.claimForSending(messageId, ['pending']);
    await store.messages.sent(messageId, 'mid.1');
    await store.messages.sent(messageId, 'mid.1');
    const history = await store.deskEvents.historyOf(where.conversationId);
    expect(history.map(({ kind }) => kind)).toEqual(['message-sent']);
  });

  test('lists what waits for the window, oldest first and of that person alone', async () => {
    const rows = [];
    for (const key of ['first', 'second', 'third']) rows.push(await store.messages.queue(message(key)));
    for (const { messageId } of [...rows].reverse()) await store.messages.markAs(messageId, 'waiting-window');
    const waiting = await store.messages.waitingWindow(where.personKey);
    expect(waiting.map(({ messageId }) => messageId)).toEqual(rows.map(({ messageId }) => messageId));
    const other = await conversing(store);
    await expect(store.messages.waitingWindow(other.personKey)).resolves.toEqual([]);
  });
});
