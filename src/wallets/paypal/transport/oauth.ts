/** An access token and how long it works from now on, in milliseconds. */
export interface GrantedToken {
  token: string;
  lifeMs: number;
}

/** Keeps one access token for the whole process. PayPal asks for this: fetching one per call meets its rate limit. */
export interface TokenSource {
  /** A token that works now. @throws ProviderFailure when none is cached and none can be had. */
  current(): Promise<string>;
  /** Reports that PayPal refused this token; the next call fetches another, unless somebody has already done so. */
  drop(token: string): void;
}

/** A token is replaced when less than this part of its life is left: nine hours give almost an hour of attempts. */
const EARLY_PART = 0.1;
/** A token this close to its end may end on the way to PayPal, so callers wait for the next one. */
const LAST_MOMENT_MS = 10_000;
/** Pause after an early refresh that failed; the old token still works meanwhile. */
const RETRY_PAUSE_MS = 10_000;

/** However many callers need a token at once, `fetchToken` is under way once. Times are in milliseconds. */
export function createTokenSource(fetchToken: () => Promise<GrantedToken>, now: () => number): TokenSource {
  let cached: { token: string; endsAt: number; refreshAt: number } | undefined;
  let flight: Promise<string> | undefined;

  const refresh = (): Promise<string> => {
    flight ??= fetchToken()
      .then(({ token, lifeMs }) => {
        cached = { token, endsAt: now() + lifeMs, refreshAt: now() + lifeMs * (1 - EARLY_PART) };
        return token;
      })
      .finally(() => {
        flight = undefined;
      });
    return flight;
  };

  /** Refreshes behind the callers' backs. A failure costs nobody anything yet: who needs the next token meets it. */
  const refreshEarly = (): void => {
    if (!cached || flight || now() < cached.refreshAt) return;
    const old = cached;
    refresh().catch(() => {
      old.refreshAt = now() + RETRY_PAUSE_MS;
    });
  };

  return {
    async current() {
      if (!cached || now() >= cached.endsAt - LAST_MOMENT_MS) return refresh();
      const { token } = cached;
      refreshEarly();
      return token;
    },
    drop(token) {
      if (cached?.token === token) cached = undefined;
    },
  };
}
