import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ZodError } from 'zod';
import type { Owner } from '../domain/handoff/owner';
import type { LogFields } from '../observability';
import { PersonForgotten } from '../store';
import { NoAnswer, Refused, Unavailable } from '../temporal/gateway/gateway';
import { endPage } from './pages/page';

/** What a problem says besides its status. */
export interface ProblemDetails {
  /** A word that programs decide on; stays the same when the texts change. */
  code: string;
  title: string;
  /** One or two sentences for the person who reads it. */
  detail: string;
  /** Further members of the body, such as the owner that a refusal names. */
  extra?: Record<string, unknown>;
  /** Headers that go with it, such as Retry-After. */
  headers?: Record<string, string>;
}

/** An answer that is not a success, as `application/problem+json` (RFC 9457). Thrown by any handler. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    /** HTTP status of the answer. */
    readonly status: number,
    readonly details: ProblemDetails,
  ) {
    super(details.code);
  }

  /** The body as RFC 9457 has it. `about:blank` would forbid our own titles, so each code has its own type. */
  body(): Record<string, unknown> {
    const { code, title, detail, extra } = this.details;
    return { type: `urn:problem:${code}`, title, status: this.status, detail, code, ...extra };
  }
}

/** Nothing is there, or nothing that the caller may know of. */
export function notFound(detail = 'There is nothing here.'): Problem {
  return new Problem(404, { code: 'not_found', title: 'Not found', detail });
}

/** Answers a request that no route took. */
export const unknownRoute: RequestHandler = () => {
  throw notFound();
};

/** Set in a response's locals where somebody in a browser waits for it: a problem is then a page, in the same words. */
export const SHOWN_AS_PAGE = 'shownAsPage';

/**
 * Turns whatever a handler threw into a problem: wrong input 400 with the field named, a refusal 409, Temporal away 503,
 * no answer in time 504, everything else 500, which is logged and shown without its message. Goes last into an app.
 */
export function problemHandler(log: (fields: LogFields) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const problem = asProblem(error);
    if (problem.status >= 500) log({ code: problem.details.code, status: problem.status, error });
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(problem.status).set(problem.details.headers ?? {});
    if (response.locals[SHOWN_AS_PAGE]) response.send(endPage(problem.details.title, problem.details.detail));
    else response.type('application/problem+json').send(JSON.stringify(problem.body()));
  };
}

/** Reads any error as a problem. Never carries over the message of an error that was not meant to be read. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ZodError) return wrongInput(error);
  if (error instanceof Refused) return refusal(error);
  if (error instanceof Unavailable) return UNAVAILABLE;
  if (error instanceof NoAnswer) return NO_ANSWER;
  if (error instanceof PersonForgotten) return FORGOTTEN;
  return fromBodyParser(error) ?? UNEXPECTED;
}

function wrongInput(error: ZodError): Problem {
  const fields = error.issues.map((issue) => ({ field: issue.path.join('.') || '(body)', problem: issue.message }));
  const detail = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  return new Problem(400, {
    code: 'wrong_input',
    title: 'The request cannot be understood',
    detail,
    extra: { fields },
  });
}

function refusal({ code, owner }: Refused): Problem {
  if (code === 'not_found') return notFound('There is no such conversation.');
  if (code === 'action_changed') return ACTION_CHANGED;
  return new Problem(409, {
    code,
    title: REFUSED[code] ?? 'Not possible now',
    detail: `${REFUSED[code] ?? 'Not possible now'}. ${owner ? ownerSentence(owner) : 'Nothing was done.'}`,
    extra: owner ? { owner: wireOwner(owner), since: new Date(owner.since).toISOString() } : {},
  });
}

const REFUSED: Partial<Record<string, string>> = {
  not_owner: 'The conversation is not yours',
  already_claimed: 'Someone else has taken it',
  closed: 'The conversation is closed',
  over_capacity: 'All of the slots are in use',
  not_available: 'The rep takes no conversations now',
};

function ownerSentence({ kind, rep, since }: Owner): string {
  const who = { bot: 'The bot', queue: 'Nobody', none: 'Nobody', rep: rep?.name ?? 'A rep' }[kind];
  return `${who} has had it since ${new Date(since).toISOString()}.`;
}

/** The owner as the desk's answers show one: times as ISO 8601. */
export function wireOwner({ kind, rep, since }: Pick<Owner, 'kind' | 'rep' | 'since'>) {
  return { kind, ...(rep ? { rep: { id: rep.id, name: rep.name } } : {}), since: new Date(since).toISOString() };
}

/** An action id names one press of one button: what it once meant, it means for good. */
export const ACTION_CHANGED = new Problem(422, {
  code: 'action_changed',
  title: 'This action id was used for something else',
  detail: 'The same action id came before with another content. Nothing was done; a new press needs a new id.',
});

const UNAVAILABLE = new Problem(503, {
  code: 'unavailable',
  title: 'Not reachable at the moment',
  detail: 'Nothing was accepted. Try again in a few seconds.',
  headers: { 'retry-after': '5' },
});

const NO_ANSWER = new Problem(504, {
  code: 'no_answer',
  title: 'No answer in time',
  detail: 'It may have been done and may not. Pressing again is safe: the same action is never done twice.',
});

const FORGOTTEN = new Problem(410, {
  code: 'person_forgotten',
  title: 'Deleted',
  detail: 'The person asked to be forgotten. What was said cannot be read any more.',
});

const UNEXPECTED = new Problem(500, {
  code: 'unexpected',
  title: 'Something went wrong',
  detail: 'It was written down and will be looked at.',
});

/** Express's body parsers throw errors with a status and a type; only the client's own mistakes are told as such. */
function fromBodyParser(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('status' in error) || !('type' in error)) return undefined;
  if (error.status === 413) {
    return new Problem(413, {
      code: 'too_large',
      title: 'Too large',
      detail: 'The body is larger than accepted here.',
    });
  }
  if (typeof error.status !== 'number' || error.status < 400 || error.status >= 500) return undefined;
  return new Problem(400, { code: 'wrong_input', title: 'Not readable', detail: 'The body cannot be read as JSON.' });
}
