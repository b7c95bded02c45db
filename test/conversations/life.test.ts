import { randomUUID } from 'node:crypto';
import { temporal } from '@temporalio/proto';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import type { RepActions } from '../../src/temporal/gateway';
import { conversationId } from '../../workflows/messages/conversation';
import { Rep } from '../api/desk/rep';
import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import { query } from '../world/time';
import { eventually } from '../world/waiting';
import { brings } from '../world/webhooks';
import type { World } from '../world/world';
import { openWorld } from '../world/world';
import { outgoing } from './thread';

const CONTINUED = temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW;
const TURNS_PER_RUN = 20;

describe('a conversation of many turns', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const runOf = async (id: string): Promise<string> => (await world.client.workflow.getHandle(id).describe()).runId;

  /** Chats until the run has been continued as new; gives the run that was. */
  async function chatsIntoTheNextRun({ phone, id }: { phone: Phone; id: string }): Promise<string> {
    const run = await runOf(id);
    for (let turn = 0; turn < TURNS_PER_RUN; turn += 1) await phone.says('thanks');
    await eventually('the next run has begun', async () => (await runOf(id)) !== run);
    return run;
  }

  async function somebody(name: string): Promise<{ phone: Phone; key: string; id: string }> {
    const { phone, key } = await newcomer(world, name);
    return { phone, key, id: conversationId(world.page, key) };
  }

  test('is continued as new every 20 turns, answers each of them once, and keeps the dialogue', async () => {
    const { dana } = world;
    const id = conversationId(world.page, dana.key);
    await dana.phone.hears(/How much/, await dana.phone.says('send money to Lee'));
    const run = await chatsIntoTheNextRun({ phone: dana.phone, id });
    const { events } = await world.client.workflow.getHandle(id, run).fetchHistory();
    expect(events?.at(-1)?.eventType).toBe(CONTINUED);
    const card = await dana.phone.hears(/Confirm/, await dana.phone.says('$7'));
    expect(JSON.stringify(card.template)).toContain('Send $7.00 to Lee Wong');
    const thanked = (await dana.phone.thread()).filter(({ text }) => text?.includes("You're welcome"));
    expect(thanked).toHaveLength(TURNS_PER_RUN);
  });

  test('keeps its owner and recognises what an earlier run has handled', async () => {
    const { phone, key, id } = await somebody('Long Talker');
    await phone.hears(/asked for a person/, await phone.says('talk to a person'));
    const ana = await Rep.signIn(world.app, 'Ana');
    const press = { actionId: randomUUID() };
    expect((await ana.act(id, 'claim', press)).status).toBe(200);
    await chatsIntoTheNextRun({ phone, id });
    expect((await ana.act(id, 'reply', { text: 'I am still here' })).status).toBe(200);
    await phone.hears(/I am still here/, 0);
    const joined = async () => (await phone.thread()).filter(({ text }) => text?.includes('has joined')).length;
    expect((await ana.act(id, 'claim', press)).status).toBe(200);
    expect(await joined()).toBe(1);

    // Released and claimed by nobody: the press of the earlier run is answered as it was, and takes nothing anew.
    await ana.act(id, 'release');
    const [row] = await query(world, 'select body_hash from actions where action_id = $1', [press.actionId]);
    const again: RepActions['claim'] = {
      actionId: press.actionId,
      bodyHash: String(row?.['body_hash']),
      rep: { id: ana.id, name: ana.name },
    };
    expect((await world.gateway.act(id, 'claim', again)).owner).toMatchObject({ kind: 'rep' });
    expect((await world.store.conversations.find(id))?.owner.kind).toBe('queue');
    expect(await joined()).toBe(1);
    const changed = { ...again, bodyHash: 'of another body' };
    await expect(world.gateway.act(id, 'claim', changed)).rejects.toMatchObject({ code: 'action_changed' });

    const mid = (await phone.thread()).find(({ text }) => text === 'thanks')?.mid;
    const before = (await outgoing(world, key)).length;
    await brings(world, phone.psid, { message: { mid, text: 'thanks' } });
    await phone.hears(/added that/, await phone.says('anybody out there my friends'));
    expect((await outgoing(world, key)).length).toBe(before + 1);
  });

  test('whose run has ended answers a press of before from what was kept, and refuses a new one as closed', async () => {
    const { phone, id } = await somebody('Gone Home');
    await phone.hears(/asked for a person/, await phone.says('talk to a person'));
    const ben = await Rep.signIn(world.app, 'Ben');
    const press = { actionId: randomUUID(), text: 'bye for now' };
    await ben.act(id, 'claim');
    await ben.act(id, 'reply', press);
    await ben.act(id, 'resolve', { reason: 'answered' });
    await world.client.workflow.getHandle(id).terminate('the day of silence is over');
    expect((await ben.act(id, 'reply', press)).status).toBe(200);
    expect((await phone.thread()).filter(({ text }) => text === 'bye for now')).toHaveLength(1);
    expect(await ben.act(id, 'claim')).toMatchObject({ status: 409, body: { code: 'closed' } });
  });

  test('that begins anew with a rep’s press, before anything was said, goes on with the stored owner', async () => {
    const { phone, id, key } = await somebody('Back Again');
    await phone.hears(/asked for a person/, await phone.says('talk to a person'));
    const cleo = await Rep.signIn(world.app, 'Cleo');
    await cleo.act(id, 'claim');
    const epoch = (await world.store.conversations.find(id))?.owner.epoch ?? 0;
    await world.client.workflow.getHandle(id).terminate('lost by an operator');
    await world.gateway.tell(
      { page: world.page, personKey: key, rollout: LAUNCH_DECISION },
      { kind: 'elsewhere', key: randomUUID(), at: Date.now() },
    );
    expect((await cleo.act(id, 'reply', { text: 'I never left' })).status).toBe(200);
    expect((await cleo.act(id, 'resolve', { reason: 'answered' })).status).toBe(200);
    expect((await world.store.conversations.find(id))?.owner).toMatchObject({ kind: 'bot', epoch: epoch + 1 });
  });
});
