import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { Role } from './contract/vocabulary';
import { Problem } from './problem';

/**
 * Who may call a route: `public` anybody, `webhook` a provider that proves itself by its signature, otherwise signed-in
 * people with one of these roles.
 */
export type Who = 'public' | 'webhook' | readonly Role[];

/** One line of the table: everything that can be called, and by whom. */
export interface Route {
  method: 'get' | 'post' | 'put';
  /** Express's path pattern. */
  path: string;
  who: Who;
}

/** Whoever a session belongs to. */
export interface SignedIn {
  repId: string;
  name: string;
  role: Role;
}

/** What the table needs to know about callers. */
export interface Guards {
  /** The application's own origins; see {@link ownOrigins}. */
  origins: ReadonlySet<string>;
  /** Whose session a request carries, if any. Absent where no route asks for a role. */
  signedIn?: (request: Request) => Promise<SignedIn | undefined>;
}

/**
 * A table of routes that denies by default: a route exists only where it was declared with who may call it, and a write
 * must come from a page of our own, except a provider's webhook. What was not declared is not there.
 */
export class RouteTable {
  readonly router = Router();
  private readonly declared: Route[] = [];

  constructor(private readonly guards: Guards) {}

  /** All declared routes, for tests and documents. */
  get routes(): readonly Route[] {
    return this.declared;
  }

  /** Declares a route. The handlers run only for callers that `who` allows. */
  declare(route: Route, ...handlers: RequestHandler[]): void {
    this.declared.push(route);
    this.router[route.method](route.path, ...this.guardsOf(route), ...handlers);
  }

  private guardsOf({ method, who }: Route): RequestHandler[] {
    if (who === 'webhook') return [];
    const guards: RequestHandler[] = who === 'public' ? [] : [this.admit(who)];
    return method === 'get' ? guards : [...guards, this.fromOwnPage];
  }

  private admit(roles: readonly Role[]): RequestHandler {
    return async (request, response, next) => {
      const caller = await this.guards.signedIn?.(request);
      if (!caller) throw NOT_SIGNED_IN;
      if (!roles.includes(caller.role)) throw forbidden(`The role ${caller.role} may not do this.`);
      callers.set(response, caller);
      next();
    };
  }

  /** A browser names the page that makes a request; another site's page cannot name ours. */
  private readonly fromOwnPage: RequestHandler = (request, _response, next) => {
    const { origin } = request.headers;
    if (!origin || !this.guards.origins.has(origin)) throw forbidden('The request did not come from our own page.');
    next();
  };
}

/** Beside the response rather than in it, so that nothing but the table can write it. */
const callers = new WeakMap<Response, SignedIn>();

/** The signed-in caller of a route whose `who` names roles. @throws Error on any other route. */
export function callerOf(response: Response): SignedIn {
  const caller = callers.get(response);
  if (!caller) throw new Error('the route was declared without roles');
  return caller;
}

const LOOPBACK = ['127.0.0.1', 'localhost'];

/** The origins under which our pages are opened: the given one and, on this machine, both names of the loopback. */
export function ownOrigins(origin: string): ReadonlySet<string> {
  const url = new URL(origin);
  if (!LOOPBACK.includes(url.hostname)) return new Set([url.origin]);
  const port = url.port === '' ? '' : `:${url.port}`;
  return new Set(LOOPBACK.map((name) => `${url.protocol}//${name}${port}`));
}

const NOT_SIGNED_IN = new Problem(401, {
  code: 'not_signed_in',
  title: 'Not signed in',
  detail: 'Sign in first. What you have typed is kept.',
});

function forbidden(detail: string): Problem {
  return new Problem(403, { code: 'forbidden', title: 'Not allowed', detail });
}
