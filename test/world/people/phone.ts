import { eventually } from '../waiting';

/** One message in a thread, as the simulated Messenger shows it. */
export interface ThreadMessage {
  mid: string;
  from: 'person' | 'page';
  text?: string;
  template?: unknown;
  buttons?: { type: string; title: string; url?: string }[];
  quickReplies?: { title: string }[];
  persona?: { name: string };
  tag?: string;
  metadata?: string;
}

/** A person at a phone of the simulated Messenger. */
export class Phone {
  constructor(
    private readonly simulator: string,
    readonly psid: string,
  ) {}

  async thread(): Promise<ThreadMessage[]> {
    const answer = await fetch(`${this.simulator}/_sim/people/${this.psid}/thread`);
    return ((await answer.json()) as { messages: ThreadMessage[] }).messages;
  }

  /** Says something; gives how long the thread was before. */
  async says(text: string): Promise<number> {
    const before = (await this.thread()).length;
    await this.post('messages', { text });
    return before;
  }

  /** Taps a button or quick reply; gives how long the thread was before, and the address that a browser would open. */
  async taps(message: ThreadMessage, title: string): Promise<{ since: number; url?: string; userAgent?: string }> {
    const since = (await this.thread()).length;
    return { since, ...((await this.post('taps', { mid: message.mid, title })) as { url?: string }) };
  }

  async tapsMenu(menu: string): Promise<number> {
    const before = (await this.thread()).length;
    await this.post('taps', { menu });
    return before;
  }

  /** Sends something that is no text. */
  async sends(type: string): Promise<number> {
    const before = (await this.thread()).length;
    await this.post('messages', { attachment: { type, url: 'https://example.com/file' } });
    return before;
  }

  async tapsGetStarted(): Promise<number> {
    const before = (await this.thread()).length;
    await this.post('taps', { getStarted: true });
    return before;
  }

  async reacts({ mid }: ThreadMessage, emoji: string): Promise<void> {
    await this.post('reactions', { mid, emoji });
  }

  /** Takes one of the own messages back. */
  async unsends({ mid }: ThreadMessage): Promise<void> {
    await this.post('unsend', { mid });
  }

  /** Comes in over a link or an advertisement. */
  async comesFrom(source: 'ADS' | 'SHORTLINK'): Promise<void> {
    await this.post('referrals', { source });
  }

  /** Somebody of the page's staff writes in the page's own inbox, which takes the thread. */
  async hearsFromInbox(text: string): Promise<void> {
    await this.post('inbox', { text });
  }

  /** The staff is done. */
  async isHandedBack(): Promise<void> {
    await this.post('inbox/hand-back', {});
  }

  /** The first message of the page after a place in the thread whose words fit. */
  hears(words: RegExp, since: number): Promise<ThreadMessage> {
    return eventually(`the person hears ${words}`, async () =>
      (await this.heardSince(since)).find((message) => words.test(wordsOf(message))),
    );
  }

  async heardSince(since: number): Promise<ThreadMessage[]> {
    return (await this.thread()).slice(since).filter(({ from }) => from === 'page');
  }

  private async post(what: string, body: unknown): Promise<unknown> {
    const answer = await fetch(`${this.simulator}/_sim/people/${this.psid}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${what} gave ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
}

/** Everything that can be read in a message. */
export function wordsOf({ text, template, buttons, quickReplies }: ThreadMessage): string {
  return JSON.stringify([text, template, buttons?.map(({ title }) => title), quickReplies?.map(({ title }) => title)]);
}
