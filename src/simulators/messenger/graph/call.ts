import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import express from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Identity, Platform } from '../platform';
import type { JsonObject } from '../people/message';
import { asText } from './rules/fields';
import { errorOfCode, GraphError, invalid, noSuchObject } from './errors';

/** The version an unversioned call is answered with, and the newest one there is. */
const NEWEST_VERSION = 'v26.0';
/** Bodies above this are no messages. */
const LARGEST_BODY = '2mb';

/** One call as the endpoints see it: query and body in one, without the token. */
export interface GraphCall {
  readonly params: JsonObject;
  readonly token: string | undefined;
  readonly version: string;
}

const calls = new WeakMap<Request, GraphCall>();

/** The call of a request. */
export function callOf(req: Request): GraphCall {
  return calls.get(req) ?? { params: {}, token: undefined, version: NEWEST_VERSION };
}

/** Reads bodies in the forms the Graph API takes: JSON, and form fields whose values may be JSON text. */
export const bodyParsers: RequestHandler[] = [
  express.json({ limit: LARGEST_BODY }),
  express.urlencoded({ extended: true, limit: LARGEST_BODY }),
];

/** Takes the version off the path, and the token off the parameters. */
export const readCall: RequestHandler = (req, _res, next) => {
  const version = /^\/(v\d+\.\d+)(?=\/|$)/.exec(req.url)?.[1];
  if (version !== undefined) req.url = req.url.slice(version.length + 1) || '/';
  const body = isObject(req.body) ? req.body : {};
  const { access_token: given, ...params } = { ...(req.query as JsonObject), ...body };
  const bearer = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const token = typeof given === 'string' ? given : bearer;
  calls.set(req, { params, token, version: version ?? NEWEST_VERSION });
  next();
};

/** Gives every answer the headers the platform's answers carry. */
export function platformHeaders(platform: Platform, engaged: () => number): RequestHandler {
  return (req, res, next) => {
    const { usage, identity, clock } = platform;
    usage.countCall(clock.now());
    res.set({
      'x-business-use-case-usage': usage.header(identity.pageId, engaged(), clock.now()),
      'facebook-api-version': callOf(req).version,
      'x-fb-trace-id': randomBytes(8).toString('base64url'),
      'x-fb-request-id': newTraceId(),
      'x-fb-rev': '1018678277',
      'access-control-allow-origin': '*',
      'strict-transport-security': 'max-age=15552000; preload',
      'cache-control': 'private, no-cache, no-store, must-revalidate',
      pragma: 'no-cache',
      expires: 'Sat, 01 Jan 2000 00:00:00 GMT',
      vary: 'Origin',
    });
    next();
  };
}

/**
 * Lets only calls with the page's token through, and checks `appsecret_proof` when it is there.
 * @throws GraphError 2500 without a token, 190 with a wrong one, 100 with a wrong proof
 */
export function pageTokenOnly(identity: Identity): RequestHandler {
  return (req, _res, next) => {
    const { token, params } = callOf(req);
    if (token === undefined) {
      throw new GraphError(2500, 'An active access token must be used to query information about the current user.');
    }
    if (!same(token, identity.pageToken)) throw errorOfCode(190);
    const proof = asText(params['appsecret_proof'], 'appsecret_proof');
    if (proof !== undefined && !same(proof, proofOf(token, identity.appSecret))) {
      throw new GraphError(
        100,
        'Invalid appsecret_proof provided in the API argument',
        undefined,
        'GraphMethodException',
      );
    }
    next();
  };
}

/** Lets only calls about the token's own page through, by its id or as `me`. */
export function ownPageOnly(identity: Identity): RequestHandler {
  return (req, _res, next) => {
    const page = String(req.params['page']);
    if (page !== 'me' && page !== identity.pageId) throw noSuchObject(req.method, page);
    next();
  };
}

/** Answers with what an endpoint gives, once every change it made is kept. */
export function answered(platform: Platform, endpoint: (call: GraphCall, req: Request) => unknown): RequestHandler {
  return async (req, res) => {
    const body = await endpoint(callOf(req), req);
    await platform.settle();
    writeJson(res, body);
  };
}

/** Answers with the platform's error body; what is no refusal of ours is the platform's own fault, code 1. */
export function graphErrors(error: unknown, _req: Request, res: Response, _next: NextFunction): void {
  answerError(res, toGraphError(error));
}

/** Writes one error of the platform. */
export function answerError(res: Response, error: GraphError, status = error.status): void {
  writeJson(res.status(status), error.body(newTraceId()));
}

/** Express would write the charset its own way; the platform writes it in capitals. */
function writeJson(res: Response, body: unknown): void {
  res.setHeader('content-type', 'application/json; charset=UTF-8');
  res.send(Buffer.from(JSON.stringify(body)));
}

function toGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  const fromParser = error instanceof Error && 'status' in error && Number(error.status) < 500;
  return fromParser ? invalid('Invalid parameter') : errorOfCode(1);
}

/** The proof that a caller knows the app secret. */
function proofOf(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function newTraceId(): string {
  return `A${randomBytes(16).toString('base64url')}`;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}
