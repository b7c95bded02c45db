/** A cold start of four Node processes on two busy cores has taken 20 s. */
const READY_WITHIN_MS = 90_000;

const POLL_MS = 100;

/** One look must not use up the time of the others. */
const LOOK_TIMEOUT_MS = 5_000;

/**
 * Waits until the application says that database, Temporal and a polling worker are there (`GET /health/ready`).
 *
 * @throws Error with what it said last when it is not ready in time.
 */
export async function waitUntilReady(applicationUrl: string, withinMs = READY_WITHIN_MS): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const said = await look(`${applicationUrl}/health/ready`);
    if (said === 'ready') return;
    if (Date.now() > deadline) throw new Error(`The application is not ready after ${withinMs / 1000} s: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function look(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LOOK_TIMEOUT_MS) });
    const body = await response.text();
    return response.status === 200 ? 'ready' : `status ${response.status} ${body}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
