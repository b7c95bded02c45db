import type { ThreadMessage } from '../../world/people/phone';

/** One message as the simulator's stream tells it. */
interface Change {
  type: string;
  psid?: string;
  message?: ThreadMessage;
}

/** What people expect an answer to take, in milliseconds. */
const EXPECTED_MS = 1_500;

/** Where answers are quick people wait for half as long, and on the slowest day for so many times as long. */
const LEAST_PATIENT = 0.5;
const MOST_PATIENT = 4;

/** How many answers it takes until people have got used to how slow they are. */
const MEMORY = 20;

/**
 * What is on all phones of a simulated Messenger, told by its stream: hundreds of people who each asked for their thread
 * again and again would keep the machine from everything else.
 */
export class Threads {
  private readonly threads = new Map<string, Map<string, ThreadMessage>>();
  private readonly waiting = new Set<() => void>();
  private readonly ended = new AbortController();
  /** How long answers have taken lately, in milliseconds. */
  private latelyMs = EXPECTED_MS;

  private constructor(private readonly heard: () => void) {}

  /** Begins to listen. `heard` runs at each change. */
  static async listen(messenger: string, heard: () => void): Promise<Threads> {
    const threads = new Threads(heard);
    const answer = await fetch(`${messenger}/_sim/stream`, { signal: threads.ended.signal });
    if (!answer.body) throw new Error('the simulator has no stream');
    void threads.read(answer.body).catch((error: unknown) => {
      if (!threads.ended.signal.aborted) throw error;
    });
    return threads;
  }

  close(): void {
    this.ended.abort();
  }

  /** The person's thread so far. */
  of(psid: string): ThreadMessage[] {
    return [...(this.threads.get(psid)?.values() ?? [])];
  }

  /**
   * The first message of the page at or after a place that fits; nothing when none comes in time (milliseconds). Where
   * answers are slow people wait longer: what they do next is not for the machine's speed to say.
   */
  async next(
    psid: string,
    since: number,
    fits: (message: ThreadMessage) => boolean,
    withinMs: number,
  ): Promise<ThreadMessage | undefined> {
    const began = performance.now();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.wake();
    }, withinMs * this.patience());
    try {
      for (;;) {
        const found = this.of(psid)
          .slice(since)
          .find((message) => message.from === 'page' && fits(message));
        if (found) this.latelyMs += (performance.now() - began - this.latelyMs) / MEMORY;
        if (found || late) return found;
        await new Promise<void>((done) => this.waiting.add(done));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  private patience(): number {
    return Math.min(MOST_PATIENT, Math.max(LEAST_PATIENT, this.latelyMs / EXPECTED_MS));
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      rest += decoder.decode(chunk, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) if (block.startsWith('data: ')) this.take(JSON.parse(block.slice(6)) as Change);
    }
  }

  private take({ type, psid, message }: Change): void {
    if (type !== 'message' || psid === undefined || message === undefined) return;
    const thread = this.threads.get(psid) ?? new Map<string, ThreadMessage>();
    this.threads.set(psid, thread.set(message.mid, message));
    this.heard();
    this.wake();
  }

  private wake(): void {
    for (const done of this.waiting) done();
    this.waiting.clear();
  }
}
