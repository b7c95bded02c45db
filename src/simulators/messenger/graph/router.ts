import express from 'express';
import type { Request, Router } from 'express';
import { delayed, faulty, journaled } from '../../control/interception';
import type { JsonObject } from '../people/message';
import type { MetaError, Platform } from '../platform';
import {
  answered,
  answerError,
  bodyParsers,
  callOf,
  graphErrors,
  ownPageOnly,
  pageTokenOnly,
  platformHeaders,
  readCall,
} from './call';
import type { GraphCall } from './call';
import { errorOfCode, GraphError } from './errors';
import { readObject, unlinkAccount, uploadAttachment } from './objects';
import { createPersona, deletePersona, listPersonas } from './personas';
import { deleteMessengerProfile, getMessengerProfile, setMessengerProfile } from './profile';
import { engagedPeople, send } from './send';
import { appSubscriptions, subscribedApps, subscribeApp, unsubscribeApp } from './subscriptions';
import {
  noteThreadControl,
  passThreadControl,
  releaseThreadControl,
  secondaryReceivers,
  takeThreadControl,
  threadOwner,
} from './thread-control';

type Endpoint = (call: GraphCall, req: Request) => unknown;

/** The simulated Graph API: what an application calls under the address of the real one. */
export function graphRouter(platform: Platform, ownUrl: () => string): Router {
  const { identity, page } = platform;
  const router = express.Router();
  router.use(...bodyParsers, readCall, journaled(platform.journal));
  router.use(platformHeaders(platform, () => engagedPeople(platform)));
  router.use(struckByFaults(platform), delayed);
  router.post('/:app/subscriptions', appSubscriptions(platform));
  router.use(pageTokenOnly(identity));

  const edge = (method: 'get' | 'post' | 'delete', name: string, endpoint: Endpoint): void => {
    router[method](`/:page/${name}`, ownPageOnly(identity), answered(platform, endpoint));
  };
  edge('post', 'messages', ({ params }, req) => sendAndNote(platform, params, req));
  edge('post', 'message_attachments', ({ params }) => uploadAttachment(platform, params));
  edge('post', 'personas', ({ params }) => createPersona(page, params));
  edge('get', 'personas', () => listPersonas(page));
  edge('post', 'subscribed_apps', ({ params }) => subscribeApp(platform, params));
  edge('get', 'subscribed_apps', () => subscribedApps(platform));
  edge('delete', 'subscribed_apps', () => unsubscribeApp(platform));
  edge('post', 'messenger_profile', ({ params }) => setMessengerProfile(platform, params));
  edge('get', 'messenger_profile', ({ params }) => getMessengerProfile(platform, params));
  edge('delete', 'messenger_profile', ({ params }) => deleteMessengerProfile(platform, params));
  edge('post', 'pass_thread_control', ({ params }) => passThreadControl(platform, params));
  edge('post', 'take_thread_control', ({ params }) => takeThreadControl(platform, params));
  edge('post', 'release_thread_control', ({ params }) => releaseThreadControl(platform, params));
  for (const name of ['request_thread_control', 'extend_thread_control', 'pass_thread_metadata']) {
    edge('post', name, ({ params }) => noteThreadControl(platform, params));
  }
  edge('get', 'thread_owner', ({ params }) => threadOwner(platform, params));
  edge('get', 'secondary_receivers', () => secondaryReceivers());
  edge('post', 'unlink_accounts', ({ params }) => unlinkAccount(platform, params));

  const readById: Endpoint = ({ params }, req) => readObject(platform, String(req.params['id']), params, ownUrl());
  router.get('/:id', answered(platform, readById));
  // Some clients look an account linking token up with POST.
  router.post('/:id', answered(platform, readById));
  router.delete(
    '/:id',
    answered(platform, (_call, req) => deletePersona(page, String(req.params['id']))),
  );
  router.use((req: Request) => {
    throw new GraphError(2500, `Unknown path components: ${req.path}`);
  });
  router.use(graphErrors);
  return router;
}

function struckByFaults({ faults }: Platform): ReturnType<typeof faulty> {
  return faulty<MetaError>({
    faults,
    psidOf: personNamed,
    // A status alone comes with the platform's general words for "try again later".
    refuse: (_req, res, { error, status }) => answerError(res, errorOfCode(error?.code ?? 2, error?.subcode), status),
  });
}

/** Sends, and keeps the call beside the message it made. */
function sendAndNote(platform: Platform, params: JsonObject, req: Request): JsonObject {
  const begin = Date.now();
  const body = send(platform, params);
  const message = platform.threads.get(String(body['message_id']));
  if (message !== undefined) {
    platform.threads.note(message, {
      at: new Date(begin).toISOString(),
      method: req.method,
      url: req.originalUrl.replace(/([?&]access_token=)[^&]*/, '$1…'),
      requestBody: JSON.stringify(params),
      status: 200,
      responseBody: JSON.stringify(body),
    });
  }
  return body;
}

/** The person a call is about, for faults that aim at one. */
function personNamed(req: Request): string | undefined {
  const { params } = callOf(req);
  const { recipient, psid } = params;
  const named = recipient ?? psid ?? req.path;
  return /\d{5,}/.exec(typeof named === 'string' ? named : JSON.stringify(named))?.[0];
}
