import { json } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { ZodType } from 'zod';
import { callerOf } from '../routes';
import type { Route, RouteTable, SignedIn, Who } from '../routes';

/** Longest body of the desk's REST: a reply of 2,000 characters in its widest encoding, with room. */
const LARGEST_BODY = '32kb';

/** A route that speaks JSON: what it takes and gives is a schema, which validates and is published. */
export interface JsonRoute<W extends Who, Query, Body, Answer> extends Route {
  who: W;
  /** One line for the published description. */
  summary: string;
  query?: ZodType<Query>;
  body?: ZodType<Body>;
  /** Absent: 204 without a body. */
  answer?: ZodType<Answer>;
  /** What runs after the guards and before the body is read, such as a rate limit. */
  before?: RequestHandler[];
}

/** One request, checked: who calls is allowed to, and the input is what the schema says. */
export interface Call<W extends Who, Query, Body> {
  query: Query;
  body: Body;
  rep: W extends readonly unknown[] ? SignedIn : undefined;
  request: Request;
  response: Response;
}

/** A route as it is published; what its schemas infer no longer matters. */
export type PublishedRoute = JsonRoute<Who, unknown, unknown, unknown>;

/** Declares routes that speak JSON in a {@link RouteTable} and keeps their schemas for the published description. */
export class JsonRoutes {
  readonly published: PublishedRoute[] = [];

  constructor(private readonly table: RouteTable) {}

  /** Declares a route. @throws ZodError, answered with 400, before the handler runs on input that is wrong. */
  declare<const W extends Who, Answer, Query = undefined, Body = undefined>(
    route: JsonRoute<W, Query, Body, Answer>,
    handle: (call: Call<W, Query, Body>) => Promise<Answer>,
  ): void {
    this.published.push(route as PublishedRoute);
    const readBody = route.body ? [json({ limit: LARGEST_BODY })] : [];
    this.table.declare(
      { method: route.method, path: route.path, who: route.who },
      ...(route.before ?? []),
      ...readBody,
      async (request, response) => {
        const call = {
          query: route.query?.parse(request.query),
          body: route.body?.parse(request.body ?? {}),
          rep: typeof route.who === 'string' ? undefined : callerOf(response),
          request,
          response,
        } as Call<W, Query, Body>;
        const answer = await handle(call);
        response.set('cache-control', 'no-store');
        if (answer === undefined) response.status(204).end();
        else response.json(answer);
      },
    );
  }
}

/** A part of the path by its name. */
export function pathPart(request: Request, name: string): string {
  const part = request.params[name];
  return typeof part === 'string' ? part : '';
}
