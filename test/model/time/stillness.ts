/** How often it is looked whether something happens, in milliseconds of real time. */
const LOOK_EVERY_MS = 20;

/** Tells when nothing has happened for a while, in real time: no attempt runs, no request, no message. */
export class Stillness {
  private running = 0;
  private lastStir = performance.now();

  constructor(readonly follow: () => Promise<void>) {}

  began(): void {
    this.running += 1;
    this.stirred();
  }

  ended(): void {
    this.running -= 1;
    this.stirred();
  }

  stirred(): void {
    this.lastStir = performance.now();
  }

  /** Resolves when nothing has happened for so long, or after so long at most (milliseconds). */
  async lasts(milliseconds: number, atMost: number): Promise<void> {
    const until = performance.now() + atMost;
    while (performance.now() < until) {
      if (this.running <= 0 && performance.now() - this.lastStir >= milliseconds) return;
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    }
  }
}
