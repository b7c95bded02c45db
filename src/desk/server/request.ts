import { signal } from '@preact/signals';
import type { ProblemBody } from '../../api/contract/problem';

/** True once the server said that there is no session (any more). */
export const sessionLost = signal(false);

/** The server did not do it, or could not be reached (`offline`), in which case nobody knows. */
export class NotDone extends Error {
  override readonly name = 'NotDone';
  constructor(
    /** HTTP status; 0 without an answer. */
    readonly status: number,
    readonly problem: Pick<ProblemBody, 'code' | 'detail' | 'owner' | 'since'>,
  ) {
    super(problem.detail);
  }

  /** It may have been done: pressing again under the same id is safe, and the only way to know. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status === 504;
  }

  /** Nothing is wrong with what was asked: the same press may succeed later. */
  get mayPass(): boolean {
    return this.isUncertain || this.status === 429 || this.status >= 500;
  }
}

const OFFLINE = { code: 'offline', detail: 'The server cannot be reached.' };

/** Makes one request of the desk's REST. @throws NotDone on any answer but success, and without one. */
export async function ask<Answer>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`/api/desk${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw new NotDone(0, OFFLINE);
  });
  if (answer.status === 401) sessionLost.value = true;
  if (!answer.ok) throw new NotDone(answer.status, await problemOf(answer));
  if (answer.status === 204) return undefined as Answer;
  return (await answer.json().catch(() => {
    throw new NotDone(0, OFFLINE);
  })) as Answer;
}

/** A proxy in between may answer in words of its own. */
async function problemOf(answer: Response): Promise<ProblemBody | typeof OFFLINE> {
  const isProblem = answer.headers.get('content-type')?.includes('application/problem+json');
  if (!isProblem) return { code: 'unexpected', detail: `The server answered ${answer.status}.` };
  return (await answer.json()) as ProblemBody;
}
