import express from 'express';
import type { Request as HttpRequest, RequestHandler, Response, Router } from 'express';
import type { FaultList } from '../../control/faults';
import { delayed, faulty, journaled } from '../../control/interception';
import type { Journal } from '../../control/journal';
import { newDebugId } from '../state/ids';
import type { World } from '../state/world';
import type { Admission, Api } from './api';
import type { Answer, Request } from './call';
import { faultRefusal } from './mock-response';
import type { FaultError } from './mock-response';
import { errorAnswer, oauthAnswer } from './refusal';

/** A batch of 15,000 payouts has about 5 MB. */
const LARGEST_BODY = '16mb';

const JSON_TYPE = /^application\/json\b/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

/** What the middlewares of one call hand on. */
interface Progress {
  request: Request;
  admitted?: Answer | Admission;
}

const progress = new WeakMap<HttpRequest, Progress>();

const progressOf = (req: HttpRequest): Progress => {
  const known = progress.get(req);
  if (!known) throw new Error('the request was not read');
  return known;
};

/** Makes the body's bytes into what the API reads, and leaves the parsed body where the journal finds it. */
const read: RequestHandler = (req, _res, next) => {
  const rawBody = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
  const request: Request = {
    method: req.method,
    path: req.path,
    query: Object.fromEntries(new URL(req.originalUrl, 'http://localhost').searchParams),
    headers: req.headers as Record<string, string | undefined>,
    rawBody,
    ...bodyOf(rawBody, req.headers['content-type'] ?? ''),
  };
  req.body = request.bodyProblem === 'malformed' ? rawBody : request.body;
  progress.set(req, { request });
  next();
};

function bodyOf(rawBody: string, type: string): Pick<Request, 'body' | 'bodyProblem'> {
  if (rawBody === '' && !JSON_TYPE.test(type)) return {};
  if (FORM_TYPE.test(type)) return { body: Object.fromEntries(new URLSearchParams(rawBody)) };
  if (!JSON_TYPE.test(type)) return { bodyProblem: 'media-type' };
  if (rawBody === '') return {};
  try {
    return { body: JSON.parse(rawBody) as unknown };
  } catch {
    return { bodyProblem: 'malformed' };
  }
}

function send(res: Response, { status, body, headers = {} }: Answer): void {
  res.status(status).set({ 'paypal-debug-id': newDebugId(), ...headers });
  if (body === undefined) res.end();
  else res.json(body);
}

/** Serves the API over HTTP: journal and faults around it, and nothing answered before it is written down. */
export function apiRoutes(options: {
  world: World;
  api: Api;
  faults: FaultList<FaultError>;
  journal: Journal;
}): Router {
  const { world, api, faults, journal } = options;

  const admit: RequestHandler = (req, _res, next) => {
    const state = progressOf(req);
    state.admitted = api.admit(state.request);
    next();
  };
  const answer: RequestHandler = async (req, res) => {
    const { admitted } = progressOf(req);
    if (!admitted) throw new Error('the request was not admitted');
    const given = 'finish' in admitted ? admitted.finish() : admitted;
    await world.documents.commit();
    send(res, given);
  };
  const refuse = (req: HttpRequest, res: Response, effect: { error?: FaultError; status?: number }): void => {
    const { operation } = api.find(progressOf(req).request) ?? {};
    const { error, status } = effect;
    const oauth = error !== undefined && /^[a-z_]+$/.test(error.name);
    const refused = faultRefusal(operation, error, status);
    send(res, oauth ? oauthAnswer(error.name, status) : errorAnswer(operation?.dialect ?? 'orders', refused));
  };

  const routes = express.Router();
  routes.use(express.raw({ type: () => true, limit: LARGEST_BODY }), read, journaled(journal));
  routes.use(faulty({ faults, refuse }), admit, delayed, answer);
  return routes;
}
