import { randomUUID } from 'node:crypto';
import type { Content, Store } from '../../../src/store';
import { NoSuchRow } from '../../../src/store';
import { conversing, openStore } from '../opened';
import type { OpenedStore } from '../opened';

const text = (words: string): Content => ({ kind: 'text', text: words });

describe('Messages of a person', () => {
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

  const said = (key: string, handledBy = 'turn 1', content = text('hello')) => ({
    ...where,
    key,
    handledBy,
    channelMessageId: key,
    content,
    at: new Date(1_000),
  });
  const contents = async () =>
    (await store.messages.thread(where.conversationId, { limit: 50 })).map((row) => row.content);

  test('are new once; the same turn meets them again, every other turn has a duplicate', async () => {
    await expect(store.messages.receive(said('m1'))).resolves.toBe('new');
    await expect(store.messages.receive(said('m1'))).resolves.toBe('again');
    await expect(store.messages.receive(said('m1', 'turn 2'))).resolves.toBe('duplicate');
    await expect(contents()).resolves.toEqual([text('hello')]);
  });

  test('are new for one of ten turns that receive them at the same moment', async () => {
    const turns = Array.from({ length: 10 }, (_, n) => store.messages.receive(said('m1', `turn ${n}`)));
    const outcomes = await Promise.all(turns);
    expect(outcomes.filter((outcome) => outcome === 'new')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(9);
  });

  test('with the same key are two in the conversations of two people', async () => {
    await store.messages.receive(said('m1'));
    const other = await conversing(store);
    await expect(store.messages.receive({ ...said('m1'), ...other })).resolves.toBe('new');
  });

  test('need a conversation', async () => {
    const lost = { ...said('m1'), conversationId: 'nowhere' };
    await expect(store.messages.receive(lost)).rejects.toThrow(NoSuchRow);
  });

  test('that were taken back have no content any more, nor have the changes that were made to them', async () => {
    const edit = { kind: 'act', act: { kind: 'edit', of: 'm1', text: 'second thoughts' } } as const;
    await store.messages.receive(said('m1', 'turn 1', text('first thoughts')));
    await store.messages.receive({ ...said('m1:edit', 'turn 2', edit), channelMessageId: 'm1' });
    await store.messages.forgetContent('m1', where.personKey);
    await expect(contents()).resolves.toEqual([
      { kind: 'line', key: 'unsent' },
      { kind: 'line', key: 'unsent' },
    ]);
  });

  test('that were changed have the new words, with everything else as it was', async () => {
    const act = { kind: 'text', text: 'lunch?', attachments: [{ type: 'image' }], replyTo: 'm0' } as const;
    await store.messages.receive(
      said('m1', 'turn 1', { kind: 'act', act: { ...act, attachments: [...act.attachments] } }),
    );
    await store.messages.receive(said('m2', 'turn 2', text('and')));
    await store.messages.replaceText('m1', where.personKey, 'dinner?');
    await expect(contents()).resolves.toEqual([{ kind: 'act', act: { ...act, text: 'dinner?' } }, text('and')]);
  });

  test('cannot be changed or taken back by another person', async () => {
    await store.messages.receive(said('m1'));
    const other = await conversing(store);
    await store.messages.replaceText('m1', other.personKey, 'forged');
    await store.messages.forgetContent('m1', other.personKey);
    await expect(contents()).resolves.toEqual([text('hello')]);
  });
});

describe('Notes and lines', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  test('stand in the thread once, however often they are written', async () => {
    const { store } = opened;
    const where = await conversing(store);
    const { repId } = await store.reps.signIn('Ray', 'rep');
    const line: Content = { kind: 'line', key: 'owner-changed', detail: { to: 'Ray' } };
    for (let time = 0; time < 2; time += 1) {
      await store.messages.note({ ...where, key: 'action 1', repId, content: text('careful') });
      await store.messages.line({ ...where, messageId: randomUUID(), key: 'action 1', content: line });
    }
    const rep = { id: repId, name: 'Ray' };
    await expect(store.messages.thread(where.conversationId, { limit: 10 })).resolves.toMatchObject([
      { direction: 'note', speaker: 'rep', rep, content: text('careful'), state: 'recorded' },
      { direction: 'line', speaker: 'system', content: line, state: 'recorded' },
    ]);
  });
});
