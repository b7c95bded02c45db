import { randomUUID } from 'node:crypto';
import { personKey } from '../../../src/identity';
import type { Store } from '../../../src/store';
import { Phone } from './phone';
import { send } from '../simulators';

/** A person of the world, with what the application knows of them. */
export interface Citizen {
  phone: Phone;
  key: string;
  email: string;
}

/** What somebody needs to move in. */
export interface Town {
  store: Store;
  identityKey: Buffer;
  page: string;
  messenger: string;
  paypal: string;
}

/** Somebody with a phone and an account at the simulators, whose consent to be charged is given. */
export interface Inhabitant {
  name: string;
  email: string;
  usd: string;
  psid: string;
  /** Of the vaulted wallet. */
  token: string;
}

/** Who lives in every world: both linked for long, and each has paid the other before. */
export const PEOPLE: Inhabitant[] = [
  { name: 'Dana Reyes', email: 'dana@example.com', usd: '250.00', psid: '2400000000000101', token: 'dana0wallet0seed' },
  { name: 'Lee Wong', email: 'lee@example.com', usd: '40.00', psid: '2400000000000102', token: 'lee00wallet0seed' },
];

/** Links the people and makes them know each other. */
export async function settle(town: Town): Promise<{ dana: Citizen; lee: Citizen }> {
  const { store } = town;
  const citizens: Citizen[] = [];
  for (const { name, email, psid, token } of PEOPLE) {
    const key = personKey(town.identityKey, town.page, psid);
    await store.people.register({ personKey: key, page: town.page, address: psid });
    await store.people.saveProfile(key, { name, firstName: name.split(' ')[0], locale: 'en_US' });
    const { payerId } = await accountOf(town.paypal, email);
    await store.links.bind({
      linkId: randomUUID(),
      personKey: key,
      payerId,
      email,
      name,
      country: 'US',
      platform: 'ios',
      vaultToken: token,
      customerId: `customer_${token}`,
      verified: true,
      linkedAt: aMonthAgo(),
    });
    citizens.push({ key, email, phone: new Phone(town.messenger, psid) });
  }
  const [dana, lee] = citizens;
  if (!dana || !lee) throw new Error('nobody lives here');
  await acquaint(store, dana, { ...lee, name: 'Lee Wong' });
  await acquaint(store, lee, { ...dana, name: 'Dana Reyes' });
  return { dana, lee };
}

/** Makes somebody one whom the payer has paid before, so that a tap on the card is enough to pay them again. */
export async function acquaint(
  store: Store,
  payer: Pick<Citizen, 'key'>,
  payee: { email: string; name: string; key?: string },
): Promise<void> {
  const { email, name, key } = payee;
  await store.contacts.remember({ ownerKey: payer.key, email, name, personKey: key });
  await store.contacts.paid(payer.key, email);
}

/** Long enough for the limits of a new account to have ended. */
function aMonthAgo(): Date {
  return new Date(Date.now() - 30 * 86_400_000);
}

/** Somebody new on Messenger whom the application has never seen. */
export async function newcomer(
  { identityKey, page, messenger }: Pick<Town, 'identityKey' | 'page' | 'messenger'>,
  name: string,
  about: { platform?: 'ios' | 'android' | 'web'; country?: string; locale?: string } = {},
): Promise<Omit<Citizen, 'email'>> {
  const { psid } = await send<{ psid: string }>(`${messenger}/_sim/people`, { name, platform: 'ios', ...about });
  return { key: personKey(identityKey, page, psid), phone: new Phone(messenger, psid) };
}

/** Somebody new whose account is linked already. Pays nobody: there is no consent at PayPal behind it. */
export async function linkedNewcomer(
  town: Town,
  name: string,
  { locale = 'en_US', country = 'US' }: { locale?: string; country?: string } = {},
): Promise<Citizen> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
  await openAccount(town, { email, name });
  const { payerId } = await accountOf(town.paypal, email);
  const { key, phone } = await newcomer(town, name, { locale, country });
  await town.store.people.register({ personKey: key, page: town.page, address: phone.psid });
  await town.store.people.saveProfile(key, { name, firstName: name.split(' ')[0], locale });
  await town.store.links.bind({
    linkId: randomUUID(),
    personKey: key,
    payerId,
    email,
    name,
    country,
    platform: 'ios',
    vaultToken: `none-${randomUUID()}`,
    customerId: 'none',
  });
  return { key, phone, email };
}

/** Opens an account at the simulated PayPal that nobody has linked. */
export async function openAccount(
  { paypal }: Pick<Town, 'paypal'>,
  account: { email: string; name: string; usd?: string; state?: 'ok' | 'restricted' | 'closed' },
): Promise<void> {
  const { email, name, usd = '0.00', state = 'ok' } = account;
  await send(`${paypal}/_sim/accounts`, { email, name, country: 'US', balances: { USD: usd }, state });
}

export async function accountOf(
  paypal: string,
  email: string,
): Promise<{ payerId: string; balances: Record<string, string> }> {
  const answer = await fetch(`${paypal}/_sim/accounts/${encodeURIComponent(email)}`);
  return (await answer.json()) as { payerId: string; balances: Record<string, string> };
}
