import { randomUUID } from 'node:crypto';
import { Unreadable } from '../../src/keys';
import type { Store } from '../../src/store';
import { binding, conversing, openStore } from './opened';
import type { OpenedStore } from './opened';

/** Everything personal in this suite holds this word, in these spellings, and no test may find it in the tables. */
const CANARY = 'Qanary';

describe('What is stored', () => {
  let opened: OpenedStore;
  let store: Store;
  let personKey: string;
  let conversationId: string;
  let messageId: string;
  let paymentId: string;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
    await fillEveryTable();
  });
  afterAll(() => opened.close());

  async function fillEveryTable(): Promise<void> {
    ({ personKey, conversationId } = await conversing(store, `${CANARY} Name`));
    await store.people.register({ personKey: 'other', page: '100', address: `${CANARY}-psid` });
    const email = `${CANARY}@example.com`;
    await store.links.bind({ ...binding(personKey, `${CANARY}-payer`, email), name: `${CANARY} Reyes` });
    await store.contacts.remember({ ownerKey: personKey, email, name: `${CANARY} Wong` });
    const sessionId = randomUUID();
    await store.linkSessions.offer({ sessionId, personKey, offer: `${CANARY}-offer`, expiresAt: new Date() });
    await store.linkSessions.opened(sessionId, {
      way: 'web',
      platform: 'web',
      redirectUri: `https://${CANARY}`,
      loginState: `${CANARY}-state`,
      codeVerifier: `${CANARY}-verifier`,
      browser: `${CANARY}-browser`,
    });
    await store.linkSessions.identified(sessionId, {
      identity: { payerId: `${CANARY}-payer`, name: `${CANARY}`, email, country: 'US', verified: true },
      setupId: `${CANARY}-setup`,
      approveUrl: `https://${CANARY}/approve`,
    });
    await store.linkSessions.approved(sessionId);
    await store.linkSessions.confirmed(sessionId, { code: `${CANARY}-code`, codeExpiresAt: new Date() });
    paymentId = randomUUID();
    await store.payments.draft({
      paymentId,
      payerKey: personKey,
      payeeEmail: email,
      payeeName: `${CANARY} Wong`,
      amount: { minor: 2000, currency: 'USD' },
      note: `${CANARY} pizza`,
      expiresAt: new Date(),
    });
    const content = { kind: 'text', text: `${CANARY} words` } as const;
    const said = { conversationId, personKey, key: `${CANARY}-psid:1:tap`, handledBy: 'turn', at: new Date() };
    await store.messages.receive({ ...said, channelMessageId: 'm1', content });
    messageId = randomUUID();
    const out = {
      messageId,
      conversationId,
      personKey,
      key: `${CANARY}-key`,
      speaker: 'bot',
      rule: 'response',
    } as const;
    await store.messages.queue({ ...out, content });
    const { repId } = await store.reps.signIn('Ray', 'rep');
    await store.messages.note({ conversationId, personKey, key: 'note', repId, content });
    await store.drafts.save(repId, conversationId, `${CANARY} draft`);
    const body = Buffer.from(`{"name":"${CANARY}"}`);
    await store.received.begin({ provider: 'paypal', eventId: 'e1', bodyHash: Buffer.alloc(32), body });
  }

  async function tables(): Promise<string[]> {
    const rows = await opened.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    return rows.map(({ name }) => name).filter((name) => !name.startsWith('kysely_'));
  }

  test('holds no name, e-mail address, token, address or word of anybody in clear text', async () => {
    const needles = [CANARY, CANARY.toLowerCase()].flatMap((word) => [
      word,
      Buffer.from(word).toString('hex'),
      Buffer.from(word).toString('base64').slice(0, 8),
    ]);
    for (const table of await tables()) {
      const rows = await opened.query<{ text: string }>(`select ${table}::text as text from ${table}`);
      for (const needle of needles) expect(rows.filter(({ text }) => text.includes(needle))).toEqual([]);
    }
  });

  test('is searched for in tables that hold something: the search above can find what is there', async () => {
    const filled = [
      'people',
      'links',
      'contacts',
      'link_sessions',
      'payments',
      'messages',
      'drafts',
      'received_events',
    ];
    for (const table of filled) expect(await opened.query(`select 1 from ${table}`)).not.toEqual([]);
    const [row] = await opened.query<{ text: string }>('select reps::text as text from reps');
    expect(row?.text).toContain('Ray');
  });

  test('cannot be read in another row', async () => {
    await store.people.register({ personKey: 'thief', page: '100', address: 'thief' });
    await opened.query(
      `update people set data_key_enc = (select data_key_enc from people where person_key = $1) where person_key = 'thief'`,
      [personKey],
    );
    await expect(store.people.reach('thief')).rejects.toThrow(Unreadable);
  });

  test('cannot be read in another row of the same person', async () => {
    const where = { conversationId, personKey };
    const content = { kind: 'text', text: 'harmless' } as const;
    const row = { ...where, messageId: randomUUID(), key: 'k2', speaker: 'bot', rule: 'response', content } as const;
    await store.messages.queue(row);
    await opened.query(
      'update messages set content_enc = (select content_enc from messages where message_id = $1) where message_id = $2',
      [messageId, row.messageId],
    );
    await expect(store.messages.find(row.messageId)).rejects.toThrow(Unreadable);
    await expect(store.messages.find(messageId)).resolves.toBeDefined();
  });

  test('cannot be read in another column', async () => {
    await opened.query('update payments set note_enc = payee_name_enc where payment_id = $1', [paymentId]);
    await expect(store.payments.find(paymentId)).rejects.toThrow(Unreadable);
  });
});
