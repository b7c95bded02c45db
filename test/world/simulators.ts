/** Sends JSON to a control of a simulator. @throws when it is refused */
export async function send<Answer>(url: string, body: unknown, method = 'POST'): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} gave ${answer.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** Which calls or deliveries a fault strikes, what it does, and how often; as both simulators take it. */
export interface Fault {
  on: { method?: string; path?: string; psid?: string; headers?: Record<string, string>; to?: 'webhook' };
  do: {
    status?: number;
    error?: { code: number; subcode?: number } | { name: string; issue?: string };
    delayMs?: number;
    dropRequest?: boolean;
    dropResponse?: boolean;
    duplicate?: boolean;
    shuffle?: boolean;
  };
  times?: number;
  rate?: number;
  seed?: number;
}

/** Puts a fault in force; the result ends it. */
export async function fault(simulator: string, asked: Fault): Promise<() => Promise<void>> {
  const { id } = await send<{ id: string }>(`${simulator}/_sim/faults`, asked);
  // One that has struck as often as it should is gone by itself.
  return async () => void (await fetch(`${simulator}/_sim/faults/${id}`, { method: 'DELETE' }));
}

/** One call that a simulator got. */
export interface Call {
  at: string;
  method: string;
  path: string;
  requestBody: unknown;
  status: number;
  responseBody: unknown;
}

/** Every call of a simulator's API since a moment, oldest first. */
export async function callsOf(simulator: string, since?: string): Promise<Call[]> {
  const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
  const answer = await fetch(`${simulator}/_sim/requests${query}`);
  return ((await answer.json()) as { requests: Call[] }).requests;
}

/** Moves a simulator's own clock ahead by an ISO 8601 duration. */
export async function advance(simulator: string, duration: string): Promise<void> {
  await send(`${simulator}/_sim/clock`, { advance: duration });
}
