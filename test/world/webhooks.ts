import { randomUUID } from 'node:crypto';
import type { Phone } from './people/phone';
import { send } from './simulators';
import type { World } from './world';

/** Brings what no phone would send, as a signed event of this person: `act` is what the event holds besides its head. */
export async function brings(
  { messenger, page }: Pick<World, 'messenger' | 'page'>,
  psid: string,
  act: object,
  at = Date.now(),
): Promise<{ status: number }> {
  const event = { sender: { id: psid }, recipient: { id: page }, timestamp: at, ...act };
  const body = { object: 'page', entry: [{ id: page, time: at, messaging: [event] }] };
  return send(`${messenger}/_sim/webhooks`, { body });
}

/** A tap with this payload, wherever a button with it stands, or none; gives how long the thread was before. */
export async function tapsAnywhere(world: World, phone: Phone, payload: string): Promise<number> {
  const since = (await phone.thread()).length;
  await brings(world, phone.psid, { postback: { mid: `m_${randomUUID()}`, title: 'Tap', payload } });
  return since;
}
