/** As many as may each take a connection to the database at the same moment. */
export const CONNECTED_AT_ONCE = 16;

/** Does the work for each of the items, in their order and so many at a time; gives what came of each. */
export async function atMost<Item, Result>(
  many: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: many }, worker));
  return results;
}
