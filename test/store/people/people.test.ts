import { KeyRing, UnknownKey } from '../../../src/keys';
import { NoSuchRow, PersonForgotten } from '../../../src/store';
import { binding, conversing, drafted, FIRST_KEY, openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';
import { randomBytes } from 'node:crypto';

const LINE = { kind: 'line', key: 'said-elsewhere', detail: {} } as const;

describe('People', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  test('are registered once: who is known stays as they are', async () => {
    const { people } = opened.store;
    await people.register({ personKey: 'twice', page: '1', address: 'first' });
    await people.register({ personKey: 'twice', page: '2', address: 'second' });
    await expect(people.reach('twice')).resolves.toMatchObject({ page: '1', address: 'first' });
  });

  test('are registered once by ten that try at the same moment', async () => {
    const { people } = opened.store;
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => people.register({ personKey: 'race', page: '1', address: `address ${n}` })),
    );
    expect((await people.reach('race')).address).toMatch(/^address \d$/);
  });

  test('have the profile that the channel told last', async () => {
    const { people } = opened.store;
    const personKey = await somebody(opened.store);
    await people.saveProfile(personKey, { name: 'Dana R.', locale: 'en_US', timezone: -7.5 });
    const person = await people.find(personKey);
    expect(person).toMatchObject({ name: 'Dana R.', locale: 'en_US', timezoneHours: -7.5, adClickAt: undefined });
    expect(person?.firstName).toBeUndefined();
    expect(person?.profileReadAt).toBeInstanceOf(Date);
  });

  test('are not set back by an act that comes late', async () => {
    const { people } = opened.store;
    const personKey = await somebody(opened.store);
    await people.acted(personKey, new Date(2_000));
    await people.acted(personKey, new Date(1_000), { fromAd: true });
    await expect(people.find(personKey)).resolves.toMatchObject({ lastActAt: new Date(2_000), adClickAt: undefined });
  });

  test('remember when an advertisement last led them here, whatever they do afterwards', async () => {
    const { people } = opened.store;
    const personKey = await somebody(opened.store);
    await people.acted(personKey, new Date(1_000), { fromAd: true });
    await people.acted(personKey, new Date(2_000));
    await expect(people.find(personKey)).resolves.toMatchObject({
      lastActAt: new Date(2_000),
      adClickAt: new Date(1_000),
    });
  });

  test('who nobody knows are undefined, and have no address', async () => {
    await expect(opened.store.people.find('nobody')).resolves.toBeUndefined();
    await expect(opened.store.people.reach('nobody')).rejects.toThrow(NoSuchRow);
  });

  test('are read under a rotated ring, and not under one that lost their key', async () => {
    const personKey = await somebody(opened.store);
    const young = { id: 'young', key: randomBytes(32) };
    const rotated = opened.another(new KeyRing([young, FIRST_KEY]));
    await expect(rotated.people.find(personKey)).resolves.toMatchObject({ name: 'Dana Reyes' });
    const later = await somebody(rotated, 'Kim Ito');
    await expect(opened.store.people.find(later)).rejects.toThrow(new UnknownKey('young'));
  });

  describe('who are forgotten', () => {
    test('leave nothing personal that could be read, also not with a key that a process has in mind', async () => {
      const { store } = opened;
      const { personKey, conversationId } = await conversing(store);
      await store.messages.receive({
        conversationId,
        personKey,
        key: 'k',
        handledBy: 'turn',
        content: { kind: 'text', text: 'hello' },
        at: new Date(),
      });
      await store.links.bind(binding(personKey));
      await store.contacts.remember({ ownerKey: personKey, email: 'lee@example.com', name: 'Lee Wong' });
      await store.people.forget(personKey);
      await expect(store.people.reach(personKey)).rejects.toThrow(PersonForgotten);
      await expect(store.people.find(personKey)).resolves.toBeUndefined();
      await expect(store.people.saveProfile(personKey, { name: 'x' })).rejects.toThrow(PersonForgotten);
      await expect(store.links.active(personKey)).resolves.toBeUndefined();
      await expect(store.links.bind(binding(personKey))).rejects.toThrow(PersonForgotten);
      await expect(store.contacts.of(personKey)).resolves.toEqual([]);
      await expect(store.messages.thread(conversationId, { limit: 10 })).resolves.toEqual([]);
    });

    test('leave their payments with amounts and states, for the payee and the books', async () => {
      const { store } = opened;
      const personKey = await somebody(store);
      const paymentId = await drafted(store, personKey);
      await store.people.forget(personKey);
      const payment = await store.payments.find(paymentId);
      expect(payment).toMatchObject({ state: 'draft', amount: { minor: 2000, currency: 'USD' } });
      expect([payment?.payeeEmail, payment?.payeeName, payment?.note]).toEqual([undefined, undefined, undefined]);
      expect((await store.payments.ofPayer(personKey, 5)).map((each) => each.paymentId)).toEqual([paymentId]);
    });

    test('leave a nameless conversation at the desk and the contacts of others as they are', async () => {
      const { store } = opened;
      const { personKey, conversationId } = await conversing(store);
      const ownerKey = await somebody(store);
      const contact = { ownerKey, email: 'dana@example.com', name: 'Dana', personKey };
      await store.contacts.remember(contact);
      await store.people.forget(personKey);
      const found = await store.conversations.find(conversationId);
      expect(found).toBeDefined();
      expect(found?.personName).toBeUndefined();
      expect(await store.contacts.of(ownerKey)).toMatchObject([{ name: 'Dana', personKey: undefined }]);
    });

    test('begin anew when they come back, with another key and nothing from before', async () => {
      const { store } = opened;
      const { personKey, conversationId } = await conversing(store);
      const keyOf = () =>
        opened.query<{ key: Buffer }>('select data_key_enc as key from people where person_key = $1', [personKey]);
      const before = await keyOf();
      await store.people.forget(personKey);
      await store.people.register({ personKey, page: '100', address: 'again' });
      expect(await keyOf()).not.toEqual(before);
      await expect(store.people.reach(personKey)).resolves.toMatchObject({ page: '100', address: 'again' });
      await expect(store.messages.thread(conversationId, { limit: 10 })).resolves.toEqual([]);
    });

    test('are written to no more, not even by a process that has their key in mind and wrote at the same moment', async () => {
      const { store } = opened;
      const where = await conversing(store);
      await store.messages.line({ ...where, key: 'before', content: LINE });
      let late: Promise<unknown> | undefined;
      await store.transaction(async (tx) => {
        await tx.people.forget(where.personKey);
        late = store.messages.line({ ...where, key: 'late', content: LINE }).catch((error: unknown) => error);
        await opened.somebodyWaits();
      });
      await expect(late).resolves.toBeInstanceOf(PersonForgotten);
      expect(await opened.query('select 1 from messages where person_key = $1', [where.personKey])).toEqual([]);
    });

    test('are written to under their new key when they come back, also by a process that has the old one in mind', async () => {
      const { store } = opened;
      const where = await conversing(store);
      await store.messages.line({ ...where, key: 'before', content: LINE });
      const another = opened.another(new KeyRing([FIRST_KEY]));
      await another.people.forget(where.personKey);
      await another.people.register({ personKey: where.personKey, page: '100', address: 'again' });
      await store.messages.line({ ...where, key: 'after', content: LINE });
      const thread = await another.messages.thread(where.conversationId, { limit: 10 });
      expect(thread.map(({ content }) => content)).toEqual([LINE]);
    });

    test('may be forgotten twice', async () => {
      const personKey = await somebody(opened.store);
      await opened.store.people.forget(personKey);
      await expect(opened.store.people.forget(personKey)).resolves.toBeUndefined();
    });
  });
});
