import { randomUUID } from 'node:crypto';
import { createDrafts } from '../../../activities/money/draft';
import { redact } from '../../../src/domain/chat/redaction';
import { understand } from '../../../src/understanding';
import { binding, openStore, somebody } from '../../store/opened';
import type { OpenedStore } from '../../store/opened';

describe('the address of a payee', () => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await openStore();
  });
  afterAll(() => opened.close());

  /** What becomes of an order that somebody with a linked account types. */
  async function ordered(words: string): Promise<{ kind: string; payee?: string }> {
    const { store } = opened;
    const payerKey = await somebody(store);
    await store.links.bind(binding(payerKey));
    const paymentId = randomUUID();
    const { slots } = understand(redact(words));
    const { kind } = await createDrafts({ store }).draftPayment({ payerKey, paymentId, slots, at: Date.now() });
    return { kind, payee: (await store.payments.find(paymentId))?.payeeEmail };
  }

  test('is the one that was typed, also where its digits could be those of a card', async () => {
    expect(await ordered('send $5 to vic4111111111111111@example.com')).toEqual({
      kind: 'card',
      payee: 'vic4111111111111111@example.com',
    });
  });

  test('is none where something had to be removed from it: nobody is paid at what is left', async () => {
    expect(await ordered('send $5 to 4111111111111111@example.com')).toEqual({ kind: 'unknown-payee' });
  });
});
