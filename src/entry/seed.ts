import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config';
import { newId, personKey } from '../identity';
import type { SeededPerson } from '../local/seeds';
import { SEEDED_PEOPLE } from '../local/seeds';
import type { Store } from '../store';

/** The simulators start beside us; they need a few seconds on a busy machine. In milliseconds. */
const SIMULATOR_WAIT_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** They have been linked for a month, in milliseconds: the limits of a new account no longer hold for them. */
const SEEDED_LINK_AGE_MS = 30 * 86_400_000;

/** Makes the application know the seeded people as the simulators do. Safe to repeat; only where everything is simulated. */
export async function seedPeople(store: Store, config: Config, identityKey: Buffer): Promise<void> {
  const keyOf = ({ psid }: SeededPerson): string => personKey(identityKey, config.MESSENGER_PAGE_ID, psid);
  for (const person of SEEDED_PEOPLE) {
    const key = keyOf(person);
    if (person.vault ? await store.links.active(key) : await store.people.find(key)) continue;
    await store.people.register({ personKey: key, page: config.MESSENGER_PAGE_ID, address: person.psid });
    await store.people.saveProfile(key, {
      name: person.name,
      firstName: person.name.split(' ')[0],
      locale: person.locale,
      timezone: person.timezone,
    });
    // They have just been in touch, as the simulated Messenger has it too: the window for answers is open.
    await store.people.acted(key, new Date());
    if (!person.vault) continue;
    await store.links.bind({
      linkId: newId(),
      personKey: key,
      payerId: await payerIdOf(person.email, config.PAYPAL_API_URL),
      email: person.email,
      name: person.name,
      country: person.country,
      platform: person.platform,
      vaultToken: person.vault.paymentTokenId,
      customerId: person.vault.customerId,
      verified: true,
      linkedAt: new Date(Date.now() - SEEDED_LINK_AGE_MS),
    });
  }
  for (const payer of SEEDED_PEOPLE) {
    for (const payee of SEEDED_PEOPLE.filter(({ email }) => payer.hasPaid.includes(email))) {
      await store.contacts.remember({
        ownerKey: keyOf(payer),
        email: payee.email,
        name: payee.name,
        personKey: keyOf(payee),
      });
      await store.contacts.paid(keyOf(payer), payee.email);
    }
  }
}

async function payerIdOf(email: string, simulator: string): Promise<string> {
  const until = Date.now() + SIMULATOR_WAIT_MS;
  for (;;) {
    try {
      const answer = await fetch(`${simulator}/_sim/accounts/${encodeURIComponent(email)}`);
      if (answer.ok) return ((await answer.json()) as { payerId: string }).payerId;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    if (Date.now() > until) throw new Error('the PayPal simulator does not know the seeded people');
    await pause(LOOK_EVERY_MS);
  }
}
