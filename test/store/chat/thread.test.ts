import { randomUUID } from 'node:crypto';
import type { ReceiptRow, Store } from '../../../src/store';
import { conversing, openStore } from '../opened';
import type { OpenedStore } from '../opened';

describe('A thread', () => {
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

  async function sent(key: string): Promise<{ messageId: string; mid: string }> {
    const messageId = randomUUID();
    const content = { kind: 'card', card: { kind: 'text', text: key } } as const;
    await store.messages.queue({ ...where, messageId, key, speaker: 'notice', content, rule: 'response' });
    const mid = `mid.${messageId}`;
    await store.messages.sent(messageId, mid);
    return { messageId, mid };
  }
  const receipt = (more: Partial<ReceiptRow> & Pick<ReceiptRow, 'kind'>): ReceiptRow => ({
    personKey: where.personKey,
    at: new Date(),
    ...more,
  });
  const thread = (part: { after?: number; limit: number } = { limit: 50 }) =>
    store.messages.thread(where.conversationId, part);

  test('shows when each message was delivered and read, by id or by watermark', async () => {
    const { mid } = await sent('one');
    await sent('two');
    const [one, two] = await thread();
    const delivered = new Date(Date.now() + 1_000);
    await store.receipts.add([receipt({ kind: 'delivered', channelMessageId: mid, at: delivered })]);
    expect((await thread()).map(({ deliveredAt }) => deliveredAt)).toEqual([delivered, undefined]);
    const read = new Date(Date.now() + 2_000);
    await store.receipts.add([receipt({ kind: 'read', watermark: read.getTime(), at: read })]);
    expect(await thread()).toEqual([
      { ...one, deliveredAt: delivered, readAt: read },
      { ...two, deliveredAt: read, readAt: read },
    ]);
  });

  test('does not show as read what was sent after the watermark', async () => {
    const before = Date.now() - 60_000;
    await sent('later');
    await store.receipts.add([receipt({ kind: 'read', watermark: before, at: new Date(before) })]);
    expect((await thread()).map(({ readAt }) => readAt)).toEqual([undefined]);
  });

  test("dates a message by the channel's echo, whose clock the watermark follows", async () => {
    const { messageId, mid } = await sent('one');
    const channelsDate = new Date(Date.now() - 5_000);
    await store.receipts.add([
      receipt({ kind: 'echo', channelMessageId: mid, metadata: messageId, at: channelsDate }),
      receipt({ kind: 'read', watermark: channelsDate.getTime(), at: channelsDate }),
    ]);
    expect(await thread()).toMatchObject([{ readAt: channelsDate }]);
  });

  test("knows nothing of other people's receipts", async () => {
    const { mid } = await sent('one');
    const other = await conversing(store);
    await store.receipts.add([
      { ...receipt({ kind: 'read', watermark: Date.now() + 9_000 }), personKey: other.personKey },
      { ...receipt({ kind: 'delivered', channelMessageId: mid }), personKey: other.personKey },
    ]);
    const [row] = await thread();
    expect([row?.deliveredAt, row?.readAt]).toEqual([undefined, undefined]);
  });

  test('is read to its end in parts, and from its end without a place to begin', async () => {
    for (let n = 1; n <= 5; n += 1) await sent(`message ${n}`);
    const all = await thread();
    const first = await thread({ after: 0, limit: 3 });
    const rest = await thread({ after: first.at(-1)?.sequence ?? 0, limit: 3 });
    expect([...first, ...rest]).toEqual(all);
    await expect(thread({ limit: 2 })).resolves.toEqual(all.slice(-2));
  });

  test('never shows a row before one with a lower number, also when many write at once', async () => {
    const seen: number[] = [];
    const reading = (async () => {
      while (seen.length < 30) {
        for (const { sequence } of await thread({ after: seen.at(-1) ?? 0, limit: 50 })) seen.push(sequence);
      }
    })();
    await Promise.all(Array.from({ length: 30 }, (_, n) => sent(`message ${n}`)));
    await reading;
    expect(seen).toEqual((await thread()).map(({ sequence }) => sequence));
  });

  test('has a receipt once, however often the channel brings it', async () => {
    const { messageId, mid } = await sent('one');
    const echo = receipt({ kind: 'echo', channelMessageId: mid, metadata: messageId });
    const read = receipt({ kind: 'read', watermark: 1_000 });
    await store.receipts.add([echo, read]);
    await store.receipts.add([echo, read, read]);
    const rows = await opened.query('select 1 from receipts where person_key = $1', [where.personKey]);
    expect(rows).toHaveLength(2);
    await expect(store.receipts.echoOf(messageId)).resolves.toEqual({ channelMessageId: mid, at: echo.at });
    await expect(store.receipts.echoOf(randomUUID())).resolves.toBeUndefined();
  });
});
