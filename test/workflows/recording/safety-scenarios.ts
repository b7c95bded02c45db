import { conversationId } from '../../../workflows/messages/conversation';
import { moneyRequestId } from '../../../workflows/messages/money-request';
import { stepUpWorkflowId } from '../../../workflows/messages/step-up';
import { linkOnThePhone, logInAnew } from '../../world/people/browser';
import { query } from '../../world/time';
import type { World } from '../../world/world';
import type { Scenario } from './scenario';
import { finished } from './scenario';

/** Freezing, cards, and what goes back: what people do to be safe, or to mend something. */
export const SAFETY_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'step-up/unfrozen': async (world) => finished(world, (await freezesAndUnfreezes(world, 'Fay Frozen')).stepUp),

  'conversation/frozen-and-free-again': async (world) => ({
    workflowId: (await freezesAndUnfreezes(world, 'Fred Frozen')).conversation,
  }),

  'step-up/card-added': async (world) => finished(world, (await addsCard(world, 'Cal Card')).stepUp),

  'conversation/card-added-and-removed': async (world) => ({
    workflowId: (await addsCard(world, 'Cleo Card')).conversation,
  }),

  'money-request/cancelled-when-partly-paid': async (world) =>
    finished(world, (await cancelsWhatIsPartlyPaid(world, 'Sue Splits')).request),

  'conversation/share-sent-back': async (world) => ({
    workflowId: (await cancelsWhatIsPartlyPaid(world, 'Sid Splits')).conversation,
  }),
};

async function freezesAndUnfreezes(world: World, name: string): Promise<{ stepUp: string; conversation: string }> {
  const { phone, email, personId } = await linkOnThePhone(world, name);
  const told = await phone.hears(/is frozen in this chat/, await phone.says('freeze my account'));
  await phone.hears(/you froze your account/, await phone.says(`send $5 to ${world.lee.email}`));
  const browser = await logInAnew(phone, told, 'Unfreeze', email);
  const stepUpId = new URL(browser.url).searchParams.get('step') ?? '';
  const since = (await phone.thread()).length;
  await browser.press('Unfreeze');
  await phone.hears(/no longer frozen/, since);
  await phone.hears(/What can I do/, await phone.says('hello'));
  return { stepUp: stepUpWorkflowId(stepUpId), conversation: conversationId(world.page, personId) };
}

async function addsCard(world: World, name: string): Promise<{ stepUp: string; conversation: string }> {
  const { phone, email, personId } = await linkOnThePhone(world, name);
  const card = await phone.hears(/Confirm/, await phone.says(`send $5 to ${world.lee.email}`));
  const choice = await phone.hears(/tap what shall pay/, (await phone.taps(card, 'Change')).since);
  const asked = await phone.hears(/PayPal's own page/, (await phone.taps(choice, 'Add a card')).since);
  const browser = await logInAnew(phone, asked, 'Add a card', email);
  const since = (await phone.thread()).length;
  await browser.press('Visa ending in 1111');
  const withCard = await phone.hears(/From: Visa ••1111/, since);
  await phone.hears(/is your default/, (await phone.taps(withCard, 'Make it my default')).since);
  const which = await phone.hears(/Which card/, await phone.says('remove my card'));
  await phone.hears(/was removed: nothing here can charge it/, (await phone.taps(which, 'Visa ••1111')).since);
  // The page of the cards is PayPal's: its address does not say which fresh login led there.
  const [row] = await query(world, 'select step_up_id from step_ups where person_key = $1', [personId]);
  return { stepUp: stepUpWorkflowId(String(row?.['step_up_id'])), conversation: conversationId(world.page, personId) };
}

/** Somebody splits with Lee and Dana, of whom Lee pays; then cancels, and sends Lee's share back. */
async function cancelsWhatIsPartlyPaid(world: World, name: string): Promise<{ request: string; conversation: string }> {
  const { lee, dana, store } = world;
  const { phone, email, personId } = await linkOnThePhone(world, name);
  await store.contacts.remember({ ownerKey: personId, name: 'Lee Wong', email: lee.email, personKey: lee.key });
  await store.contacts.remember({ ownerKey: personId, name: 'Dana Reyes', email: dana.email, personKey: dana.key });
  const heard = (await lee.phone.thread()).length;
  const card = await phone.hears(/Send request/, await phone.says('split $2 with Lee and Dana without me'));
  const managed = await phone.hears(/I have asked/, (await phone.taps(card, 'Send request')).since);
  const asked = await lee.phone.hears(/asks you for \$1\.00/, heard);
  const pays = await lee.phone.hears(/Confirm/, (await lee.phone.taps(asked, 'Pay')).since);
  const { since } = await lee.phone.taps(pays, 'Confirm');
  const approving = await lee.phone.hears(/Approve payment/, since);
  await (await logInAnew(lee.phone, approving, 'Approve payment', lee.email)).press('Approve');
  await lee.phone.hears(/You sent \$1\.00/, since);
  const cancelled = await phone.hears(/tap a name/, (await phone.taps(managed, 'Cancel request')).since);
  const back = await phone.hears(/Send \$1\.00 to Lee/, (await phone.taps(cancelled, 'Lee $1.00')).since);
  const confirmed = await phone.taps(back, 'Confirm');
  const login = await phone.hears(/Approve payment/, confirmed.since);
  await (await logInAnew(phone, login, 'Approve payment', email)).press('Approve');
  await phone.hears(/You sent \$1\.00/, confirmed.since);
  await phone.hears(/sent back once/, (await phone.taps(cancelled, 'Lee $1.00')).since);
  const { requestId = '' } = (await store.requests.latestOf(personId)) ?? {};
  return { request: moneyRequestId(requestId), conversation: conversationId(world.page, personId) };
}
