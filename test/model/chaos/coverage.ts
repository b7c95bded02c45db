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

  /** Counts what another run reached as well. */
  add(other: Coverage): void {
    for (const [kind, count] of other.counts) this.reached(kind, count);
  }

  /** What was never reached, in alphabetical order. */
  missing(): string[] {
    return [...this.counts].flatMap(([kind, count]) => (count === 0 ? [kind] : [])).toSorted();
  }

  /** The share of what there is under a prefix that was reached at least once. */
  shareOf(prefix: string): number {
    const counts = [...this.countsOf(prefix).values()];
    return counts.filter((count) => count > 0).length / counts.length;
  }

  /** How often each thing under a prefix was reached. */
  countsOf(prefix: string): Map<string, number> {
    return new Map([...this.counts].filter(([kind]) => kind.startsWith(prefix)));
  }
}
