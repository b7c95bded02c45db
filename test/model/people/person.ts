import type { ThreadMessage } from '../../world/people/phone';
import { wordsOf } from '../../world/people/phone';
import { Browser } from '../../world/people/browser';
import { send } from '../../world/simulators';
import type { Threads } from './threads';

/** How long somebody looks at the phone before they go on with something else, in milliseconds of real time. */
const PATIENCE_MS = 6_000;

/** What the page says without having been asked: about money, requests, and who has joined. */
const UNASKED =
  /assistant in Messenger|You sent|sent you|went back|was not sent:|gave you back|being checked|looking into|asks you for|reminder|have paid|has paid|Nobody has claimed|has expired|cancelled the request|has joined|receipt/i;

/** Somebody with a phone of the simulated Messenger, who taps what they see and gives up what takes too long. */
export class Person {
  constructor(
    private readonly messenger: string,
    private readonly threads: Threads,
    readonly psid: string,
    readonly name: string,
    readonly key: string,
    readonly email: string,
  ) {}

  get firstName(): string {
    return this.name.split(' ')[0] ?? this.name;
  }

  get thread(): ThreadMessage[] {
    return this.threads.of(this.psid);
  }

  /** Says something; gives the answer to it, unless it takes too long. */
  async asks(text: string): Promise<ThreadMessage | undefined> {
    const since = this.thread.length;
    await this.posts('messages', { text });
    return this.answer(since);
  }

  /** Taps a button or quick reply; gives the answer to it, unless it takes too long. */
  async taps(message: ThreadMessage | undefined, title: string): Promise<ThreadMessage | undefined> {
    if (!message || !has(message, title)) return undefined;
    const since = this.thread.length;
    await this.posts('taps', { mid: message.mid, title });
    return this.answer(since);
  }

  /** Opens a link button in a browser of the phone, logs in to PayPal there, and presses the button of the page. */
  async logsIn(message: ThreadMessage | undefined, title: string, presses?: string): Promise<void> {
    if (!message || !has(message, title)) return;
    const { url, userAgent } = await this.posts('taps', { mid: message.mid, title });
    if (url === undefined || userAgent === undefined) return;
    const browser = new Browser(userAgent);
    await browser.open(url);
    await browser.press('Log in with PayPal');
    await browser.press('Agree and Continue', { email: this.email });
    if (presses !== undefined) await browser.press(presses);
  }

  /** The first message after a place whose words fit, unless it takes too long. */
  hears(words: RegExp, since: number, withinMs = PATIENCE_MS): Promise<ThreadMessage | undefined> {
    return this.threads.next(this.psid, since, (message) => words.test(wordsOf(message)), withinMs);
  }

  /** The newest message with this button. */
  newestWith(title: string): ThreadMessage | undefined {
    return this.thread.findLast((message) => message.from === 'page' && has(message, title));
  }

  private answer(since: number): Promise<ThreadMessage | undefined> {
    return this.threads.next(this.psid, since, (message) => !UNASKED.test(wordsOf(message)), PATIENCE_MS);
  }

  private posts(what: string, body: unknown): Promise<{ url?: string; userAgent?: string }> {
    return send(`${this.messenger}/_sim/people/${this.psid}/${what}`, body);
  }
}

function has({ buttons = [], quickReplies = [] }: ThreadMessage, title: string): boolean {
  return [...buttons, ...quickReplies].some((one) => one.title === title);
}
