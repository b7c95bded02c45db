import { accountOf } from '../world/people/citizens';
import { send } from '../world/simulators';
import type { Fault } from '../world/simulators';
import { eventually } from '../world/waiting';
import { brings } from '../world/webhooks';

/** Puts a fault in force that strikes once; `hasStruck` resolves when a call has met it. */
export async function armFault(simulator: string, fault: Fault): Promise<{ hasStruck: () => Promise<unknown> }> {
  const { id } = await send<{ id: string }>(`${simulator}/_sim/faults`, { times: 1, ...fault });
  const isArmed = async (): Promise<boolean> => {
    const { faults } = await read<{ faults: { id: string }[] }>(`${simulator}/_sim/faults`);
    return faults.some((armed) => armed.id === id);
  };
  return {
    hasStruck: () => eventually(`the fault ${JSON.stringify(fault.on)} strikes`, async () => !(await isArmed())),
  };
}

/** What an account at the simulated PayPal holds, in cents. */
export async function centsOf(paypal: string, email: string): Promise<number> {
  const { balances } = await accountOf(paypal, email);
  return Math.round(Number(balances['USD']) * 100);
}

/** All money there is, in accounts and on its way. */
export function totalsOf(paypal: string): Promise<unknown> {
  return read(`${paypal}/_sim/totals`);
}

/** A new person with a phone and nothing else. Gives their address on the simulated Messenger. */
export async function newPerson(messenger: string, name: string): Promise<string> {
  const { psid } = await send<{ psid: string }>(`${messenger}/_sim/people`, { name });
  return psid;
}

/** Where the people of this name are on the simulated Messenger. */
export async function peopleNamed(messenger: string, wanted: string): Promise<string[]> {
  const { people } = await read<{ people: { psid: string; name: string }[] }>(`${messenger}/_sim/people`);
  return people.filter(({ name }) => name === wanted).map(({ psid }) => psid);
}

/** What the application answers to a message that the simulator does not deliver again. */
export async function statusOfWebhook(messenger: string, page: string, psid: string): Promise<number> {
  const message = { mid: `m_probe-${Date.now()}`, text: 'Is anybody there?' };
  return (await brings({ messenger, page }, psid, { message })).status;
}

async function read<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`GET ${url} gave ${answer.status}`);
  return (await answer.json()) as Answer;
}
