import { randomUUID } from 'node:crypto';
import { temporal } from '@temporalio/proto';
import type { Gateway } from '../../src/temporal/gateway';
import { createGateway } from '../../src/temporal/gateway';
import { conversationId } from '../../workflows/messages/conversation';
import { newcomer } from '../world/people/citizens';
import { send } from '../world/simulators';
import { query } from '../world/time';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

const SIGNALED = temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED;

describe('events of Messenger', () => {
  let world: World;
  /** While set, what comes in goes to a queue that no worker looks at. */
  let unattended: Gateway | undefined;
  beforeAll(async () => {
    world = await openWorld({
      gatewayOfApi: (gateway) => ({ ...gateway, tell: (...given) => (unattended ?? gateway).tell(...given) }),
    });
  });
  afterAll(() => world.close());

  /** Delivers a body of our own making, correctly signed; gives the application's answer. */
  const deliver = async (messaging: object[]): Promise<number> => {
    const body = { object: 'page', entry: [{ id: world.page, time: Date.now(), messaging }] };
    return (await send<{ status: number }>(`${world.messenger}/_sim/webhooks`, { body })).status;
  };
  const says = (psid: string, text: string, mid = `m_${randomUUID()}`): object => ({
    sender: { id: psid },
    recipient: { id: world.page },
    timestamp: Date.now(),
    message: { mid, text },
  });

  test('every one of a batch is in its conversation by the time of the 200', async () => {
    const nobody = { money: `nobody-${randomUUID()}`, chat: `nobody-${randomUUID()}` };
    unattended = createGateway({ client: world.client, taskQueues: nobody });
    const people = await Promise.all(['A', 'B', 'C', 'D', 'E'].map((name) => newcomer(world, `${name} Person`)));
    const batch = people.flatMap(({ phone }) => [says(phone.psid, 'hello'), says(phone.psid, 'thanks')]);
    expect(await deliver(batch)).toBe(200);
    unattended = undefined;
    const counts = people.map(async ({ key }) => {
      const { events } = await world.client.workflow.getHandle(conversationId(world.page, key)).fetchHistory();
      return events?.filter(({ eventType }) => eventType === SIGNALED).length;
    });
    expect(await Promise.all(counts)).toEqual([2, 2, 2, 2, 2]);
    const { workflow } = world.client;
    await Promise.all(people.map(({ key }) => workflow.getHandle(conversationId(world.page, key)).terminate()));
  });

  test('a body that is delivered again has no second effect', async () => {
    const { phone } = world.dana;
    await phone.hears(/Hello/, await phone.says('hello'));
    const batch = [says(phone.psid, 'thanks'), says(phone.psid, 'help')];
    for (let times = 0; times < 3; times += 1) expect(await deliver(batch)).toBe(200);
    await phone.hears(/What can I do|I can send money/, 0);
    await fence(phone);
    const heard = (await phone.thread()).filter(({ from }) => from === 'page').map(({ text }) => text ?? '');
    expect(heard.filter((text) => text.includes("You're welcome"))).toHaveLength(1);
    expect(heard.filter((text) => text.includes('I can send money'))).toHaveLength(1);
  });

  test('nor has it in a later run of the conversation, whose owner is the one that the store knows', async () => {
    const { phone, key } = world.dana;
    const id = conversationId(world.page, key);
    // The owner's epoch rises, so that a run which began anew from nothing would speak for an owner of long ago.
    await phone.hears(/asked for a person/, await phone.says('I want to talk to a person'));
    await phone.hears(/no longer waiting/, await leaveQueue(phone));
    const old = says(phone.psid, 'thanks');
    const since = (await phone.thread()).length;
    await deliver([old]);
    await phone.hears(/welcome/, since);

    await world.client.workflow.getHandle(id).terminate('the day of silence is over');
    const { length } = await phone.thread();
    expect(await deliver([old])).toBe(200);
    await eventually('a new run has begun', async () => {
      const { status } = await world.client.workflow.getHandle(id).describe();
      return status.name === 'RUNNING';
    });
    await phone.hears(/Hello Dana/, await phone.says('hello'));
    const heard = (await phone.heardSince(length)).map(({ text }) => text ?? '');
    expect(heard.filter((text) => text.includes("You're welcome"))).toEqual([]);
    const kept = await query(world, `select count(*)::int as kept from messages where state = 'dropped'`);
    expect(kept).toEqual([{ kept: 0 }]);
  });

  /** Everything before it has been handled once this is answered. */
  async function fence(phone: World['dana']['phone']): Promise<void> {
    await phone.hears(/no payments yet|latest payments/, await phone.says('show my payments'));
  }

  async function leaveQueue(phone: World['dana']['phone']): Promise<number> {
    const asked = await phone.hears(/What shall I cancel/, await phone.says('cancel'));
    return (await phone.taps(asked, 'Place in the queue')).since;
  }
});
