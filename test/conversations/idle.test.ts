import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { conversationId } from '../../workflows/messages/conversation';
import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import { startTimeSkipping } from '../world/servers/time-skipping';
import { query } from '../world/time';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('a conversation that falls silent', () => {
  let env: TestWorkflowEnvironment;
  let world: World;
  beforeAll(async () => {
    env = await startTimeSkipping();
    world = await openWorld({ temporalAddress: env.address });
  });
  afterAll(async () => {
    await world.close();
    await env.teardown();
  });

  const statusOf = async (id: string): Promise<string> =>
    (await world.client.workflow.getHandle(id).describe()).status.name;

  async function somebody(name: string): Promise<{ phone: Phone; id: string }> {
    const { phone, key } = await newcomer(world, name);
    await phone.hears(/What can I do/, await phone.says('hello'));
    return { phone, id: conversationId(world.page, key) };
  }

  test('ends a day after the last word, and the next word begins a run that speaks for the owner of then', async () => {
    const { phone, id } = await somebody('Sleepy Head');
    await phone.hears(/asked for a person/, await phone.says('talk to a person'));
    const asked = await phone.hears(/What shall I cancel/, await phone.says('cancel'));
    await phone.hears(/no longer waiting/, (await phone.taps(asked, 'Place in the queue')).since);
    const { epoch } = (await world.store.conversations.find(id))?.owner ?? {};
    expect(epoch).toBeGreaterThan(0);

    await env.sleep('23 hours');
    await phone.hears(/welcome/, await phone.says('thanks'));
    await env.sleep('23 hours');
    expect(await statusOf(id)).toBe('RUNNING');
    await env.sleep('2 hours');
    await eventually('the run has ended', async () => (await statusOf(id)) === 'COMPLETED');

    await phone.hears(/I can send money/, await phone.says('help'));
    expect((await world.store.conversations.find(id))?.owner).toMatchObject({ kind: 'bot', epoch });
    expect(await query(world, `select count(*)::int as dropped from messages where state = 'dropped'`)).toEqual([
      { dropped: 0 },
    ]);
  });

  test('does not end while somebody waits for a rep', async () => {
    const { phone, id } = await somebody('Patient Person');
    await phone.hears(/asked for a person/, await phone.says('talk to a person'));
    await env.sleep('3 days');
    expect(await statusOf(id)).toBe('RUNNING');
    expect((await world.store.conversations.find(id))?.owner.kind).toBe('queue');
  });
});
