import type { Router } from 'express';
import { StreamQuery } from '../contract/events';
import { unknownRoute } from '../problem';
import { RouteTable, ownOrigins } from '../routes';
import { declareActions } from './conversations/actions';
import { declareConversations } from './conversations/reading';
import type { DeskDependencies } from './dependencies';
import { JsonRoutes } from './json-routes';
import { declareMoney } from './money/queue';
import { openApiDocument } from './openapi';
import { declarePage, securityHeaders } from './page';
import { declareReps } from './reps';
import { READS } from './access/roles';
import { Sessions } from './access/sessions';
import { declareSignIn } from './access/sign-in';
import { DeskStream } from './stream';

/** A session that was ended elsewhere is noticed by open pages within this time. */
const SESSION_CHECK_MS = 15_000;

/** The rep desk: its page under `/desk`, its REST and event stream under `/api/desk`. Mounted at `/`. */
export function createDeskRouter(deps: DeskDependencies): Router {
  return deskRoutes(deps).router;
}

/** The desk's table of routes, as {@link createDeskRouter} serves it. */
export function deskRoutes(deps: DeskDependencies): RouteTable {
  const sessions = new Sessions(deps.store, deps.origin, deps.now ?? (() => new Date()));
  const table = new RouteTable({
    origins: ownOrigins(deps.origin),
    signedIn: (request) => sessions.repOf(request),
  });
  const routes = new JsonRoutes(table);
  table.router.use(['/desk', '/api'], securityHeaders);
  declarePage(table, deps.deskDirectory);
  declareSignIn(routes, deps, sessions);
  declareReps(routes, deps);
  declareStream(table, deps, sessions);
  declareConversations(routes, deps);
  declareActions(routes, deps, sessions);
  declareMoney(routes, deps);
  const document = openApiDocument(routes.published);
  table.declare({ method: 'get', path: '/api/openapi.json', who: 'public' }, (_request, response) => {
    response.json(document);
  });
  table.router.use(['/desk', '/api/desk'], unknownRoute);
  return table;
}

function declareStream(table: RouteTable, { store, log }: DeskDependencies, sessions: Sessions): void {
  const stream = new DeskStream({
    deskEvents: store.deskEvents,
    goesOn: (tokenHash) => sessions.goesOn(tokenHash),
    log,
    checkEveryMs: SESSION_CHECK_MS,
  });
  table.declare({ method: 'get', path: '/api/desk/events', who: READS }, async (request, response) => {
    const tokenHash = sessions.tokenHash(request);
    const lastId = request.headers['last-event-id'];
    const { after } = StreamQuery.parse(lastId === undefined ? request.query : { after: lastId });
    if (tokenHash) await stream.open(request, response, { after, tokenHash });
  });
}
