import { setTimeout as wait } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { FaultEffect, FaultList } from './faults';
import type { Journal } from './journal';

/** What the middlewares of one call tell each other. */
interface CallNotes {
  fault?: FaultEffect<unknown>;
  answerLost?: boolean;
}

const notes = new WeakMap<Response, CallNotes>();

const notesOf = (res: Response): CallNotes => {
  const known = notes.get(res) ?? {};
  notes.set(res, known);
  return known;
};

/**
 * Writes every answered call into the journal, with the answer as it was meant, also when a fault then loses it. Place
 * it after the body parser.
 */
export function journaled(journal: Journal): RequestHandler {
  return (req, res, next) => {
    const end = res.end.bind(res);
    const chunks: Buffer[] = [];
    res.end = ((chunk?: unknown, ...rest: unknown[]) => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
      journal.record({
        method: req.method,
        path: req.originalUrl,
        requestBody: readable(req.body),
        status: res.statusCode,
        responseBody: parsed(Buffer.concat(chunks), res),
      });
      if (notesOf(res).answerLost) {
        req.socket.destroy();
        return res;
      }
      return Reflect.apply(end, res, [chunk, ...rest]) as Response;
    }) as typeof res.end;
    next();
  };
}

/**
 * Lets the first fitting fault strike the call: a request that never arrives, an answer in the provider's words
 * (`refuse`), an answer that is lost after the call was carried out. A delay of a call that is carried out is left to
 * {@link delayed}, so that what stands between the two (a key that is in use) happens before the wait.
 */
export function faulty<E>(options: {
  faults: FaultList<E>;
  psidOf?: (req: Request) => string | undefined;
  refuse: (req: Request, res: Response, effect: FaultEffect<E>) => void;
}): RequestHandler {
  return async (req, res, next) => {
    const psid = options.psidOf?.(req);
    const effect = options.faults.strike({
      method: req.method,
      path: req.originalUrl,
      headers: req.headers,
      ...(psid === undefined ? {} : { psid }),
    });
    if (!effect) return next();
    const refused = effect.error !== undefined || effect.status !== undefined;
    if ((effect.dropRequest || refused) && effect.delayMs) await wait(effect.delayMs);
    if (effect.dropRequest) {
      req.socket.destroy();
      return;
    }
    notesOf(res).answerLost = effect.dropResponse === true;
    if (refused) return options.refuse(req, res, effect);
    notesOf(res).fault = effect;
    next();
  };
}

/** Holds the call for as long as the fault that struck it says, then lets it be carried out. */
export const delayed: RequestHandler = async (_req, res, next) => {
  const delayMs = notesOf(res).fault?.delayMs;
  if (delayMs) await wait(delayMs);
  next();
};

function readable(body: unknown): unknown {
  return Buffer.isBuffer(body) ? body.toString('utf8') : body;
}

function parsed(body: Buffer, res: Response): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString('utf8');
  if (!String(res.getHeader('content-type') ?? '').includes('json')) return text;
  return JSON.parse(text) as unknown;
}
