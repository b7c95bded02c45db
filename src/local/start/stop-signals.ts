const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often it is looked whether npm, which started us, is still there. */
const PARENT_POLL_MS = 1_000;

/**
 * One Ctrl-C comes twice: from the terminal, and passed on by npm, which got it too. Only what comes later than this
 * is a second wish.
 */
const SAME_WISH_MS = 1_000;

/** What is done when somebody wants an end. */
export interface StopReactions {
  /** The first time: everything ends in good order. */
  readonly stop: () => void;
  /** The second time: at once. */
  readonly force: () => void;
}

/**
 * Reacts to Ctrl-C, SIGTERM and the terminal's end; a second Ctrl-C forces. With `followParent` the end of the parent
 * counts too: npm passes signals on, but killed itself it can pass on nothing.
 *
 * @returns a function that ends the listening.
 */
export function onStopSignals(reactions: StopReactions, followParent: boolean): () => void {
  let askedAt: number | undefined;
  const ask = (): void => {
    if (askedAt === undefined) {
      askedAt = Date.now();
      reactions.stop();
    } else if (Date.now() - askedAt > SAME_WISH_MS) reactions.force();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  const parent = process.ppid;
  const look = (): void => {
    if (process.ppid !== parent && askedAt === undefined) ask();
  };
  const watch = followParent ? setInterval(look, PARENT_POLL_MS).unref() : undefined;
  return () => {
    for (const signal of SIGNALS) process.off(signal, ask);
    clearInterval(watch);
  };
}
