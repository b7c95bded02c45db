import { send } from '../../world/simulators';
import { brings } from '../../world/webhooks';
import type { LinkManner, Step } from '../plan/steps';
import type { Person } from './person';
import type { Scene } from './scene';
import { whoHas } from './scene';

/** How long somebody waits for the question in the chat, in milliseconds of real time. */
const QUESTION_MS = 4_000;

/** Links an account, or goes some of the way and then does not. */
export async function links(person: Person, manner: LinkManner): Promise<void> {
  const offer = await person.asks('link my paypal account');
  const since = person.thread.length;
  switch (manner) {
    case 'log-in':
      await person.logsIn(offer, 'Log In', 'Link');
      return void (await person.hears(/is linked|Nothing was linked/, since));
    case 'leave':
      return person.logsIn(offer, 'Log In');
    case 'not-me':
      await person.logsIn(offer, 'Log In', 'Not me');
      return;
    case 'web':
    case 'refuse': {
      await person.logsIn(offer, 'Link on the web', 'Link');
      const question = await person.hears(/shall I link it/, since, QUESTION_MS);
      await person.taps(question, manner === 'web' ? 'Yes, link it' : 'No');
      return;
    }
  }
}

/** Ends a consent in Messenger, in the chat or at PayPal, and perhaps gives it anew. */
export async function unlinks(scene: Scene, { who, how, relink }: Extract<Step, { do: 'unlink' }>): Promise<void> {
  const person = scene.people[who];
  const since = person.thread.length;
  await UNLINKS[how](person, scene);
  await person.hears(/no longer linked/, since);
  if (relink) await links(person, 'log-in');
}

const UNLINKS: Record<Extract<Step, { do: 'unlink' }>['how'], (person: Person, scene: Scene) => Promise<unknown>> = {
  chat: async (person) => person.taps(await person.asks('unlink my paypal'), 'Yes, unlink it'),
  paypal: (person, { world }) =>
    send(`${world.paypal}/_sim/accounts/${encodeURIComponent(person.email)}/revoke`, { what: 'wallet' }),
  messenger: ({ psid }, { world }) => brings(world, psid, { account_linking: { status: 'unlinked' } }),
};

/** Freezes the account, and perhaps ends that with a fresh login. */
export async function freezes(scene: Scene, { who, unfreeze }: Extract<Step, { do: 'freeze' }>): Promise<void> {
  const person = scene.people[who];
  const frozen = await person.asks('freeze');
  if (unfreeze) await person.logsIn(frozen, 'Unfreeze', 'Unfreeze');
}

/** Wants nothing more from somebody, and perhaps changes their mind. */
export async function blocks(scene: Scene, { who, whom, unblock }: Extract<Step, { do: 'block' }>): Promise<void> {
  const { firstName } = scene.people[whom];
  await scene.people[who].asks(`block ${firstName}`);
  if (unblock) await scene.people[who].asks(`unblock ${firstName}`);
}

/** Changes what pays on the newest card: to one that is added at PayPal, perhaps back, or taken off; or says what pays always. */
export async function changesSource(scene: Scene, { who, what }: Extract<Step, { do: 'source' }>): Promise<void> {
  if (what === 'default') return void (await scene.people[who].asks('make my paypal my default'));
  const person = whoHas(scene, who, 'Change');
  const since = person.thread.length;
  const changing = await person.taps(person.newestWith('Change'), 'Change');
  await person.logsIn(await person.taps(changing, 'Add a card'), 'Add a card', 'Visa ending in 1111');
  if (what === 'add-card') return;
  if (what === 'remove-card') return void (await person.taps(await person.asks('remove my card'), 'Visa ••1111'));
  const withCard = await person.hears(/From: Visa/, since);
  await person.taps(await person.taps(withCard, 'Change'), 'PayPal');
}
