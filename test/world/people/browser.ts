import { personKey } from '../../../src/identity';
import { Phone } from './phone';
import type { ThreadMessage } from './phone';
import type { World } from '../world';

/** A browser that follows links and fills in forms, without scripts, with cookies per origin. */
export class Browser {
  private cookies = new Map<string, Map<string, string>>();
  private page = { url: '', html: '' };
  private ledTo = '';

  constructor(private readonly userAgent: string) {}

  get text(): string {
    return this.page.html;
  }

  get url(): string {
    return this.page.url;
  }

  /** Where the last answer led that was not followed. */
  get location(): string {
    return this.ledTo;
  }

  /** The same page in the same browser, for a second press that does not wait for the first. */
  copy(): Browser {
    const copy = new Browser(this.userAgent);
    copy.page = { ...this.page };
    copy.cookies = new Map(this.cookies);
    return copy;
  }

  async open(url: string, init: RequestInit = {}, followRedirects = true): Promise<void> {
    const { origin } = new URL(url);
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { 'user-agent': this.userAgent, cookie: this.cookieHeader(origin) },
    });
    for (const line of answer.headers.getSetCookie()) this.keep(origin, line);
    const location = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && location) {
      this.ledTo = new URL(location, url).href;
      if (followRedirects) return this.open(this.ledTo);
    }
    this.page = { url, html: await answer.text() };
  }

  /** Presses the button with this caption, with the form's fields filled in by name. */
  async press(caption: string, fields: Record<string, string> = {}, { followRedirects = true } = {}): Promise<void> {
    const forms = [...this.page.html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)];
    const form = forms.find(([, , inside]) => inside?.includes(`>${caption}<`) ?? false);
    if (!form) throw new Error(`no button "${caption}" on ${this.page.url}: ${this.page.html.slice(0, 500)}`);
    const [, attributes = '', inside = ''] = form;
    const values = new URLSearchParams();
    for (const [input] of inside.matchAll(/<input[^>]*>/g)) {
      const name = attribute(input, 'name');
      if (name) values.set(name, attribute(input, 'value') ?? '');
    }
    for (const [name, value] of Object.entries(fields)) values.set(name, value);
    const button = [...inside.matchAll(/<button([^>]*)>\s*([^<]*?)\s*<\/button>/g)].find(
      ([, , words]) => words === caption,
    );
    const pressed = button?.[1] && attribute(button[1], 'name');
    if (pressed) values.set(pressed, attribute(button?.[1] ?? '', 'value') ?? '');
    const action = new URL(attribute(attributes, 'action') ?? this.page.url, this.page.url).href;
    if ((attribute(attributes, 'method') ?? 'get').toLowerCase() === 'get') return this.open(`${action}?${values}`);
    await this.open(action, { method: 'POST', body: values }, followRedirects);
  }

  private cookieHeader(origin: string): string {
    return [...(this.cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep(origin: string, line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split('=');
    this.cookies.set(origin, new Map([...(this.cookies.get(origin) ?? []), [name, value]]));
  }
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#38;', '&');
}

/** A new person links a new PayPal account from their phone, as anybody would; gives who and in which session. */
export async function linkOnThePhone(
  world: World,
  name = 'Kim Ito',
): Promise<{ personId: string; sessionId: string; phone: Phone; email: string }> {
  const { phone, email, sessionId } = await linkNewPerson(world, name);
  return { personId: personKey(world.identityKey, world.page, phone.psid), sessionId, phone, email };
}

/** A new person with a new PayPal account, linked from their phone. `usd` is what the account holds. */
export async function linkNewPerson(
  simulators: { messenger: string; paypal: string },
  name: string,
  usd = '10.00',
): Promise<{ phone: Phone; email: string; sessionId: string }> {
  const { phone, email, sessionId, browser, since } = await logInToLink(simulators, name, usd);
  await browser.press('Link');
  await phone.hears(/is linked/, since);
  return { phone, email, sessionId };
}

/** A new person with a new PayPal account, on the way to link it: logged in, and asked whether to. */
export async function logInToLink(
  simulators: { messenger: string; paypal: string },
  name: string,
  usd = '10.00',
): Promise<{ phone: Phone; email: string; sessionId: string; browser: Browser; since: number }> {
  const email = `${name.split(' ')[0]?.toLowerCase()}${Date.now()}@example.com`;
  await post(`${simulators.paypal}/_sim/accounts`, { email, name, country: 'US', balances: { USD: usd } });
  const { psid } = (await post(`${simulators.messenger}/_sim/people`, { name, platform: 'ios', country: 'US' })) as {
    psid: string;
  };
  const phone = new Phone(simulators.messenger, psid);
  const { browser, since } = await asksToLink(phone, email);
  const sessionId = new URL(browser.url).searchParams.get('session') ?? '';
  return { phone, email, sessionId, browser, since };
}

/** Links this PayPal account from the phone, as somebody does who was unlinked. */
export async function linkAccount(phone: Phone, email: string): Promise<void> {
  const { browser, since } = await asksToLink(phone, email);
  await browser.press('Link');
  await phone.hears(/is linked/, since);
}

/** Asks for it in the chat and logs in with this account, up to the question whether to link. */
async function asksToLink(phone: Phone, email: string): Promise<{ browser: Browser; since: number }> {
  const card = await phone.hears(/Log In/, await phone.says('link my paypal account'));
  const since = (await phone.thread()).length;
  return { browser: await logInAnew(phone, card, 'Log In', email), since };
}

/** Opens the page behind a link button and logs in there with this account. */
export async function logInAnew(phone: Phone, message: ThreadMessage, title: string, email: string): Promise<Browser> {
  const { url = '', userAgent = '' } = await phone.taps(message, title);
  const browser = new Browser(userAgent);
  await browser.open(url);
  await browser.press('Log in with PayPal');
  await browser.press('Agree and Continue', { email });
  return browser;
}

async function post(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}
