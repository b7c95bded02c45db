import express from 'express';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import { answerInvalid } from '../../control/validation';
import { handBackFromInbox, replyFromInbox } from '../actions/inbox';
import { Refusal } from '../actions/refusal';
import { optIn, personAt, react, refer, say, unsend } from '../actions/speaking';
import { tapGetStarted, tapMenu, tapMessage } from '../actions/tapping';
import type { TapOutcome } from '../actions/tapping';
import { threadView } from '../people/message';
import type { Person } from '../people/person';
import type { Platform } from '../platform';
import * as shapes from './shapes';
import { deliverAnything } from './deliver-anything';

/** A control call about one person, with its checked body. */
interface Act<T> {
  readonly person: Person;
  readonly body: T;
  readonly ownUrl: string;
}

/** The controls of this simulator alone: people, what they do, what they see. Loopback only. */
export function simulatorRoutes(platform: Platform): Router {
  const { people, threads, receipts } = platform;
  const routes = express.Router();
  routes.get('/_sim/people', (_req, res) => {
    res.json({ people: people.all().map(personView) });
  });
  routes.post('/_sim/people', async (req, res) => {
    const asked = shapes.newPerson.safeParse(req.body);
    if (!asked.success) return answerInvalid(res, asked.error);
    const person = people.add(asked.data);
    await platform.settle();
    res.status(201).json(personView(person));
  });
  routes.get('/_sim/people/:psid/thread', (req, res) => {
    const person = personAt(platform, req.params.psid);
    res.json({ messages: threads.of(person.psid).map(threadView) });
  });

  /** A control call that changes something, keeps it, and answers 202 unless it says otherwise. */
  const act = <T>(path: string, shape: z.ZodType<T>, doIt: (call: Act<T>) => object | void): void => {
    routes.post(`/_sim/people/:psid/${path}`, changing(platform, shape, doIt));
  };
  act('messages', shapes.message, ({ person, body }) => ({ mid: say(platform, person, body).mid }));
  act('reactions', shapes.reaction, ({ person, body }) => react(platform, person, body.mid, body.emoji));
  act('unsend', shapes.unsending, ({ person, body }) => unsend(platform, person, body.mid));
  act('referrals', shapes.referral, ({ person, body }) => refer(platform, person, body));
  act('optins', shapes.optIn, ({ person, body }) => optIn(platform, person, body.ref));
  act('inbox', shapes.inboxReply, ({ person, body }) => ({ mid: replyFromInbox(platform, person, body.text).mid }));
  act('inbox/hand-back', shapes.nothing, ({ person }) => handBackFromInbox(platform, person));
  act('read', shapes.nothing, ({ person }) => receipts.read(person.psid));
  act('taps', shapes.tap, ({ person, body, ownUrl }): TapOutcome => {
    if ('menu' in body) return tapMenu(platform, person, body.menu, ownUrl);
    return 'mid' in body ? tapMessage(platform, person, body, ownUrl) : tapGetStarted(platform, person);
  });

  routes.post('/_sim/webhooks', deliverAnything(platform));
  return routes;
}

/** Answers refusals, and bodies that are not JSON, in one shape. */
export function refusals(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (error instanceof Refusal) res.status(error.status).json({ message: error.message });
  else if (error instanceof Error && 'status' in error)
    res.status(Number(error.status)).json({ message: error.message });
  else next(error);
}

function changing<T>(platform: Platform, shape: z.ZodType<T>, doIt: (call: Act<T>) => object | void): RequestHandler {
  return async (req, res) => {
    const person = personAt(platform, String(req.params['psid']));
    const body = shape.safeParse(req.body ?? {});
    if (!body.success) return answerInvalid(res, body.error);
    const outcome = doIt({ person, body: body.data, ownUrl: `${req.protocol}://${req.get('host')}` }) ?? {};
    await platform.settle();
    res.status('url' in outcome ? 200 : 202).json(outcome);
  };
}

/** A person as control calls and phones see them. */
export function personView({ psid, name, locale, timezone, platform, country, linkedAt }: Person): object {
  return { psid, name, locale, timezone, platform, country, linked: linkedAt !== undefined };
}
