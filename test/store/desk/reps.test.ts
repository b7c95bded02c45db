import { createHash, randomUUID } from 'node:crypto';
import { PersonForgotten } from '../../../src/store';
import type { Store } from '../../../src/store';
import { conversing, openStore } from '../opened';
import type { OpenedStore } from '../opened';

describe('At the desk', () => {
  let opened: OpenedStore;
  let store: Store;
  beforeAll(async () => {
    opened = await openStore();
    store = opened.store;
  });
  afterAll(() => opened.close());

  test('a rep is known by name: available, with three slots, and in the role of the last sign-in', async () => {
    const rep = await store.reps.signIn('Ray', 'rep');
    expect(rep).toEqual({ repId: rep.repId, name: 'Ray', role: 'rep', status: 'available', slots: 3, otherWork: 0 });
    await store.reps.setStatus(rep.repId, 'finishing');
    await store.reps.setOtherWork(rep.repId, 2);
    const again = await store.reps.signIn('Ray', 'supervisor');
    expect(again).toEqual({ ...rep, role: 'supervisor', status: 'finishing', otherWork: 2 });
    await expect(store.reps.find(rep.repId)).resolves.toEqual(again);
    await expect(store.reps.find(randomUUID())).resolves.toBeUndefined();
  });

  test('other work is never less than none', async () => {
    const { repId } = await store.reps.signIn('Una', 'rep');
    await expect(store.reps.setOtherWork(repId, -1)).rejects.toThrow(/check constraint/);
  });

  test('a rep has the persona that was saved last', async () => {
    const { repId } = await store.reps.signIn('Una', 'rep');
    await expect(store.personas.of(repId)).resolves.toBeUndefined();
    await store.personas.save(repId, '1001');
    await store.personas.save(repId, '1002');
    await expect(store.personas.of(repId)).resolves.toBe('1002');
  });

  test('a session is good until it expires or ends', async () => {
    const rep = await store.reps.signIn('Una', 'rep');
    const tokenHash = createHash('sha256').update('token').digest();
    await store.sessions.open({ repId: rep.repId, tokenHash, expiresAt: new Date(2_000) });
    await expect(store.sessions.find(tokenHash, new Date(1_999))).resolves.toEqual(rep);
    await expect(store.sessions.find(tokenHash, new Date(2_000))).resolves.toBeUndefined();
    await store.sessions.end(tokenHash);
    await expect(store.sessions.find(tokenHash, new Date(1_999))).resolves.toBeUndefined();
  });

  test('an action id stands for the first action that was accepted under it', async () => {
    const { repId } = await store.reps.signIn('Una', 'rep');
    const { conversationId } = await conversing(store);
    const action = {
      actionId: randomUUID(),
      conversationId,
      repId,
      kind: 'claim',
      bodyHash: 'h1',
      answer: { epoch: 1 },
    };
    const other = { ...action, bodyHash: 'h2', answer: { epoch: 2 } };
    await expect(store.actions.record(action)).resolves.toEqual(action);
    await expect(store.actions.record(other)).resolves.toEqual(action);
    await expect(store.actions.find(action.actionId)).resolves.toEqual(action);
    await expect(store.actions.find('unknown')).resolves.toBeUndefined();
  });

  test('a draft is kept per rep and conversation, and goes when it is cleared or its person is forgotten', async () => {
    const [one, two] = [await store.reps.signIn('Una', 'rep'), await store.reps.signIn('Ray', 'rep')];
    const { personKey, conversationId } = await conversing(store);
    const { drafts } = store;
    await drafts.save(one.repId, conversationId, 'Dear D');
    await drafts.save(one.repId, conversationId, 'Dear Dana');
    await drafts.save(two.repId, conversationId, 'Hello');
    await expect(drafts.of(one.repId, conversationId)).resolves.toBe('Dear Dana');
    await drafts.clear(one.repId, conversationId);
    await expect(drafts.of(one.repId, conversationId)).resolves.toBeUndefined();
    await store.people.forget(personKey);
    await expect(drafts.of(two.repId, conversationId)).resolves.toBeUndefined();
    await expect(drafts.save(two.repId, conversationId, 'Hello')).rejects.toThrow(PersonForgotten);
  });
});
