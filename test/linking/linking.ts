import { Browser, logInAnew } from '../world/people/browser';
import { newcomer, openAccount } from '../world/people/citizens';
import type { Phone, ThreadMessage } from '../world/people/phone';
import { brings } from '../world/webhooks';
import type { World } from '../world/world';

/** Somebody with an account at PayPal that is linked to nobody, and the card that offers to link it. */
export interface Linker {
  phone: Phone;
  key: string;
  email: string;
  card: ThreadMessage;
}

let linkers = 0;

/** Somebody new who has asked to link an account. */
export async function linker(world: World, name: string, platform: 'ios' | 'web' = 'ios'): Promise<Linker> {
  const email = `linker${(linkers += 1)}@example.com`;
  await openAccount(world, { email, name: `${name} of PayPal`, usd: '20.00' });
  const { phone, key } = await newcomer(world, name, { platform });
  const card = await phone.hears(/Log In|Link on the web/, await phone.says('link my paypal account'));
  return { phone, key, email, card };
}

/** Opens what a button of the card leads to, in a browser of its own. */
export async function opens({ phone, card }: Linker, title: 'Log In' | 'Link on the web'): Promise<Browser> {
  const { url = '', userAgent = '' } = await phone.taps(card, title);
  const browser = new Browser(userAgent);
  await browser.open(url);
  return browser;
}

/** From the first page to the question whether it is right. */
export async function logsIn(browser: Browser, email: string): Promise<void> {
  await browser.press('Log in with PayPal');
  await browser.press('Agree and Continue', { email });
}

/** All the way, until the chat says that the account is linked. */
export async function links(one: Linker): Promise<void> {
  const browser = await logInAnew(one.phone, one.card, 'Log In', one.email);
  const since = (await one.phone.thread()).length;
  await browser.press('Link');
  await one.phone.hears(/is linked/, since);
}

/** The webhook by which Messenger brings a code back, as if it came from this person. */
export async function bringsCode(world: World, psid: string, code: string): Promise<void> {
  await brings(world, psid, { account_linking: { status: 'linked', authorization_code: code } });
}
