/** What must have been reached at least once over a run: a fault that never strikes proves nothing. */
export class Coverage {
  private readonly counts = new Map<string, number>();

  /** Says beforehand what there is to reach. */
  expect(kinds: Iterable<string>): void {
    for (const kind of kinds) this.counts.set(kind, this.counts.get(kind) ?? 0);
  }

  reached(kind: string, times = 1): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + times);
  }

  /** What was never reached, in alphabetical order. */
  missing(): string[] {
    return [...this.counts].flatMap(([kind, count]) => (count === 0 ? [kind] : [])).toSorted();
  }

  /** How often each thing under a prefix was reached. */
  countsOf(prefix: string): Map<string, number> {
    return new Map([...this.counts].filter(([kind]) => kind.startsWith(prefix)));
  }

  /** How often everything was reached under a prefix. */
  total(prefix: string): number {
    return [...this.counts].reduce((sum, [kind, count]) => sum + (kind.startsWith(prefix) ? count : 0), 0);
  }
}
