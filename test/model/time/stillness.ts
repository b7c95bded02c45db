/** How often it is looked whether something happens, in milliseconds of real time. */
const LOOK_EVERY_MS = 20;

/** Tells when nothing has happened for a while, in real time: no attempt runs, no request, no message. */
export class Stillness {
  private readonly running = new Map<string, number>();
  private lastStir = performance.now();

  constructor(readonly follow: () => Promise<void>) {}

  began(what: string): void {
    this.running.set(what, (this.running.get(what) ?? 0) + 1);
    this.stirred();
  }

  ended(what: string): void {
    const left = (this.running.get(what) ?? 1) - 1;
    if (left > 0) this.running.set(what, left);
    else this.running.delete(what);
    this.stirred();
  }

  /** What runs at this moment, for whoever waits for its end; nothing when nothing does. */
  inWords(): string | undefined {
    return [...this.running].map(([what, times]) => `${times} × ${what}`).join(', ') || undefined;
  }

  stirred(): void {
    this.lastStir = performance.now();
  }

  /** Resolves when nothing has happened for so long, or after so long at most (milliseconds). */
  async lasts(milliseconds: number, atMost: number): Promise<void> {
    const until = performance.now() + atMost;
    while (performance.now() < until) {
      if (this.running.size === 0 && performance.now() - this.lastStir >= milliseconds) return;
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
  }
}
