import type { World } from '../state/world';
import { callerOf } from './authentication';
import type { Answer, Call, Operation, Request } from './call';
import { documentKeys, digestOf, inFlightAnswer, keyOf, keyProblem, replay } from './idempotency';
import type { KeyMemory } from './idempotency';
import { mockedAnswer } from './mock-response';
import { Refusal, errorAnswer } from './refusal';

/** A call that may be carried out. Until it is, other calls with its PayPal-Request-Id are told to wait. */
export interface Admission {
  /** Carries the call out, remembers its key, lets the key go. To be called once. */
  finish(): Answer;
}

interface Route {
  operation: Operation;
  pattern: RegExp;
  names: string[];
}

const routeOf = (operation: Operation): Route => ({
  operation,
  pattern: new RegExp(`^${operation.path.replace(/\{[^}]+\}/g, '([^/]+)')}$`),
  names: [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
});

/**
 * PayPal's API without the network: finds the operation, knows the caller, guards the keys. Nothing in it awaits, so a
 * call is carried out as a whole or not at all.
 */
export class Api {
  readonly #routes: Route[];
  readonly #inFlight = new Set<string>();
  readonly #keys: KeyMemory;

  constructor(
    private readonly world: World,
    operations: readonly Operation[],
    keys?: KeyMemory,
  ) {
    this.#routes = operations.map(routeOf);
    this.#keys = keys ?? documentKeys(world);
  }

  /** The operation of a request, if there is one. */
  find(
    request: Pick<Request, 'method' | 'path'>,
  ): { operation: Operation; params: Record<string, string> } | undefined {
    for (const { operation, pattern, names } of this.#routes) {
      const found = operation.method === request.method ? pattern.exec(request.path) : null;
      if (!found) continue;
      const params = Object.fromEntries(names.map((name, index) => [name, decoded(found[index + 1] ?? '')]));
      return { operation, params };
    }
    return undefined;
  }

  /** Checks everything that comes before the operation itself: gives its answer at once, or an admission. */
  admit(request: Request): Answer | Admission {
    const found = this.find(request);
    // PayPal answers an unknown path, and a wrong method on a known one, with an empty 404.
    if (!found) return { status: 404 };
    const { operation } = found;
    const caller = callerOf(this.world, operation, request);
    if ('status' in caller) return caller;
    const call: Call = { ...request, ...found, caller };
    const unreadable = bodyRefusal(call);
    if (unreadable) return unreadable;
    const mocked = mockedAnswer(call);
    if (mocked) return mocked;

    const rule = operation.key;
    const key = keyOf(call);
    if (rule) {
      const problem = keyProblem(call, rule);
      if (problem) return problem;
      if (key) {
        if (this.#inFlight.has(key)) return inFlightAnswer(call, rule);
        const repeat = replay(this.world, this.#keys, call, rule, key);
        if (repeat) return repeat;
        this.#inFlight.add(key);
      }
    }
    return { finish: () => this.#carryOut(call, key) };
  }

  /** Carries out a request at once. */
  handle(request: Request): Answer {
    const admitted = this.admit(request);
    return 'finish' in admitted ? admitted.finish() : admitted;
  }

  #carryOut(call: Call, key: string | undefined): Answer {
    try {
      const answer = call.operation.run(this.world, call);
      if (key && answer.resource !== undefined) {
        this.#keys.remember(key, { at: this.world.now(), resource: answer.resource, digest: digestOf(call) });
      }
      return answer;
    } catch (error) {
      // A refused call leaves its key free: the same call may be tried again, with another outcome.
      if (error instanceof Refusal) return errorAnswer(call.operation.dialect, error);
      throw error;
    } finally {
      if (key) this.#inFlight.delete(key);
    }
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function bodyRefusal(call: Call): Answer | undefined {
  const { dialect, issues } = call.operation;
  if (call.bodyProblem === 'media-type') return errorAnswer(dialect, new Refusal('UNSUPPORTED_MEDIA_TYPE'));
  if (call.bodyProblem === 'malformed') {
    const issue = 'MALFORMED_REQUEST_JSON';
    const description = issues?.[issue]?.description ?? 'The request JSON is not well formed.';
    const detail = { location: 'body' as const, issue, description };
    const name = dialect === 'payouts' || dialect === 'webhooks' ? 'VALIDATION_ERROR' : 'INVALID_REQUEST';
    return errorAnswer(dialect, new Refusal(name, [detail]));
  }
  return undefined;
}
