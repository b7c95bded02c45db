import { randomUUID } from 'node:crypto';
import { conversationId } from '../../workflows/messages/conversation';
import { paymentWorkflowId } from '../../workflows/messages/payment';
import { costOf } from '../world/costs';
import { linkOnThePhone } from '../world/people/browser';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('what things cost, in Actions and events', () => {
  let world: World;
  let dana: World['dana'];
  let conversation: string;
  beforeAll(async () => {
    world = await openWorld();
    dana = world.dana;
    conversation = conversationId(world.page, dana.key);
    // The first turn also starts the run and its one timer of the day.
    await dana.phone.hears(/Dana/, await dana.phone.says('hello'));
    await settled(0);
  });
  afterAll(() => world.close());

  /** Waits until the run has nothing to do; gives its last event. */
  async function settled(after: number): Promise<number> {
    return eventually('the conversation is at rest', async () => {
      // In this order: the events of a task that ends between the two looks are then in the history.
      const description = await world.client.workflow.getHandle(conversation).describe();
      const busy = description.raw.pendingWorkflowTask ?? description.raw.pendingActivities?.length;
      const { lastEvent } = await costOf(world.client, conversation);
      return !busy && lastEvent > after ? lastEvent : undefined;
    });
  }

  test('a turn of the bot is 2 Actions and 6 events', async () => {
    const before = await settled(0);
    await dana.phone.hears(/welcome/, await dana.phone.says('thanks!'));
    await settled(before);
    expect(await costOf(world.client, conversation, before)).toMatchObject({ actions: 2, events: 6 });
  });

  test('a turn that makes a confirmation card is 2 Actions and 7 events', async () => {
    const before = await settled(0);
    await dana.phone.hears(/Confirm/, await dana.phone.says('send $5 to Lee'));
    await settled(before);
    expect(await costOf(world.client, conversation, before)).toMatchObject({ actions: 2, events: 7 });
  });

  test('a payment from the tap to both people told is 4 Actions and 18 events', async () => {
    const card = await dana.phone.hears(/Confirm/, await dana.phone.says('send $20 to Lee'));
    const { since } = await dana.phone.taps(card, 'Confirm');
    await dana.phone.hears(/You sent \$20\.00/, since);
    const [payment] = await world.store.payments.ofPayer(dana.key, 1);
    const id = paymentWorkflowId(payment?.paymentId ?? '');
    await world.client.workflow.getHandle(id).result();
    expect(await costOf(world.client, id)).toMatchObject({ actions: 4, events: 18 });
  });

  test('claim, reply and resolve are 8 Actions and 20 events', async () => {
    const rep = await world.store.reps.signIn('Ana', 'rep');
    const since = await dana.phone.says('I want to talk to a real person please');
    await dana.phone.hears(/asked for a person/, since);
    const before = await settled(0);
    const press = () => ({ actionId: randomUUID(), bodyHash: 'h', rep: { id: rep.repId, name: rep.name } });
    await world.gateway.act(conversation, 'claim', press());
    await world.gateway.act(conversation, 'reply', { ...press(), text: 'Hi Dana' });
    await world.gateway.act(conversation, 'resolve', { ...press(), reason: 'answered' });
    await settled(before);
    expect(await costOf(world.client, conversation, before)).toMatchObject({ actions: 8, events: 20 });
  });

  test('linking from the login to the bound wallet is 5 Actions and 13 events', async () => {
    const { personId, sessionId } = await linkOnThePhone(world);
    const id = `account-link/${sessionId}`;
    expect(await world.client.workflow.getHandle(id).result()).toEqual({ end: 'linked' });
    expect(await costOf(world.client, id)).toMatchObject({ actions: 5, events: 13 });
    expect(await world.store.links.active(personId)).toBeDefined();
  });
});
