import { randomUUID } from 'node:crypto';
import { binding, drafted, openStore, somebody } from '../opened';
import type { OpenedStore } from '../opened';

describe('Links', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  test('are found by person, e-mail, payer id and token, whatever the capitals of the e-mail', async () => {
    const { links } = opened.store;
    const personKey = await somebody(opened.store);
    const bound = binding(personKey, 'PAYER1', 'Dana@Example.com');
    await expect(links.bind(bound)).resolves.toBe('bound');
    const link = await links.active(personKey);
    expect(link).toMatchObject({ linkId: bound.linkId, payerId: 'PAYER1', email: 'Dana@Example.com', hasToken: true });
    for (const found of [
      links.byEmail(' dana@example.COM '),
      links.byPayerId('PAYER1'),
      links.byVaultToken('token-PAYER1'),
    ]) {
      await expect(found).resolves.toEqual(link);
    }
    await expect(links.token(bound.linkId)).resolves.toBe('token-PAYER1');
  });

  test('are bound once, however often the same binding is repeated', async () => {
    const { links } = opened.store;
    const bound = binding(await somebody(opened.store));
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => links.bind(bound)));
    expect(outcomes.filter((outcome) => outcome === 'bound')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-bound')).toHaveLength(4);
  });

  test('replace the earlier link of the same person, whose token is kept only until it is ended', async () => {
    const { store } = opened;
    const personKey = await somebody(store);
    const old = binding(personKey, 'OLD');
    await store.links.bind(old);
    await expect(store.links.bind(binding(personKey, 'NEW'))).resolves.toBe('bound');
    await expect(store.links.active(personKey)).resolves.toMatchObject({ payerId: 'NEW' });
    await expect(store.links.byPayerId('OLD')).resolves.toBeUndefined();
    await expect(store.links.endable(personKey)).resolves.toMatchObject([{ linkId: old.linkId }]);
    await store.links.ended(old.linkId);
    const kept = await opened.query('select 1 from links where person_key = $1 and vault_token_enc is not null', [
      personKey,
    ]);
    expect(kept).toHaveLength(1);
  });

  test('give an account to one of two people who bind it at the same moment, and leave the other with what they had', async () => {
    const { links } = opened.store;
    for (let round = 0; round < 10; round += 1) {
      const account = randomUUID();
      const [one, two] = [await somebody(opened.store), await somebody(opened.store)];
      await links.bind(binding(one, `before ${one}`));
      await links.bind(binding(two, `before ${two}`));
      const outcomes = await Promise.all([links.bind(binding(one, account)), links.bind(binding(two, account))]);
      expect([...outcomes].sort()).toEqual(['account-taken', 'bound']);
      const loser = outcomes[0] === 'bound' ? two : one;
      await expect(links.active(loser)).resolves.toMatchObject({ payerId: `before ${loser}` });
    }
  });

  test('free the account when they end, which nothing does that was asked for before they were made, and keep the token until the payments that use it are made', async () => {
    const { links, payments } = opened.store;
    const [one, two] = [await somebody(opened.store), await somebody(opened.store)];
    const { linkId, ...shared } = binding(one, 'SHARED');
    await links.bind({ linkId, ...shared });
    const paymentId = await drafted(opened.store, one, { linkId });
    await payments.move(paymentId, ['draft'], 'started');
    await expect(links.bind(binding(two, 'SHARED'))).resolves.toBe('account-taken');
    const linkedAt = (await links.active(one))?.linkedAt.getTime() ?? 0;
    await expect(links.end(one, new Date(linkedAt - 1))).resolves.toBe(false);
    await expect(links.isUsable(linkId)).resolves.toBe(true);
    await expect(links.end(one, new Date(linkedAt + 1))).resolves.toBe(true);
    await expect(links.end(one, new Date(linkedAt + 1))).resolves.toBe(false);
    await expect(links.active(one)).resolves.toBeUndefined();
    await expect(links.isUsable(linkId)).resolves.toBe(false);
    await expect(links.endable(one)).resolves.toEqual([]);
    await expect(links.token(linkId)).resolves.toBe('token-SHARED');
    await payments.move(paymentId, ['started'], 'cancelled');
    await expect(links.endable(one)).resolves.toMatchObject([{ linkId }]);
    await links.ended(linkId);
    await expect(links.isEnding(one)).resolves.toBe(false);
    await expect(links.token(linkId)).resolves.toBeUndefined();
    await expect(links.byVaultToken('token-SHARED')).resolves.toBeUndefined();
    await expect(links.bind(binding(two, 'SHARED'))).resolves.toBe('bound');
  });
});

describe('Contacts', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  test('are one per e-mail address, renamed when remembered again', async () => {
    const { contacts } = opened.store;
    const ownerKey = await somebody(opened.store);
    const first = await contacts.remember({ ownerKey, email: 'lee@example.com', name: 'Lee' });
    const again = await contacts.remember({ ownerKey, email: 'LEE@example.com', name: 'Lee Wong' });
    expect(again).toMatchObject({ contactId: first.contactId, name: 'Lee Wong', email: 'lee@example.com' });
    await expect(contacts.of(ownerKey)).resolves.toEqual([again]);
    await expect(contacts.find(first.contactId)).resolves.toEqual(again);
  });

  test('are one, also when ten remember the same address at once', async () => {
    const { contacts } = opened.store;
    const ownerKey = await somebody(opened.store);
    const remember = () => contacts.remember({ ownerKey, email: 'kim@example.com', name: 'Kim' });
    const ids = (await Promise.all(Array.from({ length: 10 }, remember))).map(({ contactId }) => contactId);
    expect(new Set(ids).size).toBe(1);
  });

  test('keep whom they are and when they were first paid', async () => {
    const { contacts } = opened.store;
    const [ownerKey, personKey] = [await somebody(opened.store), await somebody(opened.store)];
    await contacts.remember({ ownerKey, email: 'lee@example.com', name: 'Lee', personKey });
    await contacts.paid(ownerKey, 'lee@example.com');
    const [before] = await contacts.of(ownerKey);
    await contacts.paid(ownerKey, 'Lee@example.com');
    await contacts.remember({ ownerKey, email: 'lee@example.com', name: 'Lee' });
    const [after] = await contacts.of(ownerKey);
    expect(after).toEqual(before);
    expect(after).toMatchObject({ personKey, firstPaidAt: expect.any(Date) });
  });

  test('belong to their owner alone', async () => {
    const { contacts } = opened.store;
    const [one, two] = [await somebody(opened.store), await somebody(opened.store)];
    await contacts.remember({ ownerKey: one, email: 'lee@example.com', name: 'Lee' });
    await expect(contacts.of(two)).resolves.toEqual([]);
  });
});
