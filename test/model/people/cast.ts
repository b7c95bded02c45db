import { randomUUID } from 'node:crypto';
import { personKey } from '../../../src/identity';
import type { Inhabitant } from '../../world/people/citizens';
import { accountOf } from '../../world/people/citizens';
import type { World } from '../../world/world';
import type { Plan } from '../plan/plan';
import type { Linked, Name } from '../plan/steps';
import { LINKED } from '../plan/steps';
import { Person } from './person';
import type { Scene } from './scene';
import type { Threads } from './threads';

const NAMES: Record<Name, string> = { ann: 'Ann Abel', bob: 'Bob Baker', eve: 'Eve Evans', cat: 'Cat Cole' };
const EVERYBODY = Object.keys(NAMES) as Name[];

/** Enough for every payment of a plan, and less than any. */
const PLENTY = '400.00';
const LITTLE = '0.50';

/** Long enough for the limits of a new account to have ended, in milliseconds. */
const LONG_AGO_MS = 30 * 86_400_000;

/** Who has to live at the simulators for the plan at this place of a run. */
export function inhabitantsOf(plan: Plan, place: number): Inhabitant[] {
  return EVERYBODY.map((who) => ({
    name: NAMES[who],
    email: emailOf(who, place),
    usd: who === 'eve' && plan.trouble.eve === 'poor' ? LITTLE : PLENTY,
    psid: psidOf(who, place),
    token: tokenOf(who, place),
  }));
}

/** Where scenarios are acted out. */
interface Stage {
  world: World;
  threads: Threads;
}

/** Makes the application know the people: all but Cat have linked, and friends have paid each other before. */
export async function castOf({ world, threads }: Stage, plan: Plan, place: number): Promise<Scene> {
  const made = await Promise.all(EVERYBODY.map((who) => personOf(world, threads, who, place)));
  const people = Object.fromEntries(EVERYBODY.map((who, at) => [who, made[at]])) as Scene['people'];
  await Promise.all(LINKED.map((who) => linked(world, people[who], tokenOf(who, place))));
  await Promise.all(LINKED.map((who) => befriended(world, people, who)));
  const stranger = emailOf('stranger', place);
  return {
    id: String(place),
    plan,
    world,
    people,
    stranger,
    attempts: new Map(),
    killed: new Map(),
    outage: plan.trouble.outage,
  };
}

async function personOf(world: World, threads: Threads, who: Name, place: number): Promise<Person> {
  const psid = psidOf(who, place);
  const key = personKey(world.identityKey, world.page, psid);
  const name = NAMES[who];
  await world.store.people.register({ personKey: key, page: world.page, address: psid });
  await world.store.people.saveProfile(key, { name, firstName: name.split(' ')[0], locale: 'en_US' });
  return new Person(world.messenger, threads, psid, name, key, emailOf(who, place));
}

async function linked(world: World, person: Person, vaultToken: string): Promise<void> {
  const { payerId } = await accountOf(world.paypal, person.email);
  await world.store.links.bind({
    linkId: randomUUID(),
    personKey: person.key,
    payerId,
    email: person.email,
    name: person.name,
    country: 'US',
    platform: 'ios',
    vaultToken,
    customerId: `customer_${vaultToken}`,
    verified: true,
    linkedAt: new Date(Date.now() - LONG_AGO_MS),
  });
}

/** Everybody knows everybody; only to Eve nobody has paid anything yet, so that a fresh login is asked for. */
async function befriended(world: World, people: Scene['people'], who: Linked): Promise<void> {
  const owner = people[who];
  for (const other of LINKED.filter((name) => name !== who)) {
    const { email, name, key } = people[other];
    await world.store.contacts.remember({ ownerKey: owner.key, email, name, personKey: key });
    if (other !== 'eve') await world.store.contacts.paid(owner.key, email);
  }
}

function emailOf(who: Name | 'stranger', place: number): string {
  return `${who}.${place}@example.com`;
}

function psidOf(who: Name, place: number): string {
  return `25${String(place).padStart(12, '0')}${EVERYBODY.indexOf(who)}`;
}

function tokenOf(who: Name, place: number): string {
  return `${who}${String(place).padStart(10, '0')}`;
}
