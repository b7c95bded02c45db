import express from 'express';
import type { Router } from 'express';
import { messageAt, personAt } from '../actions/speaking';
import { PAGE_NAME } from '../page/page-name';
import { splitName } from '../people/person';
import { threadView } from '../people/message';
import type { Message } from '../people/message';
import type { Platform } from '../platform';
import { personView } from './routes';

/** A quiet stream is spoken on so that nothing in between closes it: milliseconds. */
const KEEP_ALIVE_MS = 20_000;

/** What the phones page reads: one phone with all it shows, what lies behind a bubble, and a stream of changes. */
export function phonesRoutes(platform: Platform): Router {
  const { threads, page, typing, changes } = platform;
  const routes = express.Router();

  routes.get('/_sim/people/:psid/phone', (req, res) => {
    const person = personAt(platform, req.params.psid);
    res.json({
      person: personView(person),
      page: PAGE_NAME,
      messages: threads.of(person.psid).map(threadView),
      typing: typing.of(person.psid),
      menu: page.menuFor(person.locale).map(({ title }) => title),
      greeting: page.greetingFor(person.locale, splitName(person.name).first_name),
      getStarted: page.getStarted !== undefined,
    });
  });

  routes.get('/_sim/people/:psid/messages/:mid/wire', (req, res) => {
    const message = messageAt(platform, personAt(platform, req.params.psid), req.params.mid);
    res.json({ exchanges: message.wire });
  });

  routes.get('/_sim/stream', (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    res.write(': open\n\n');
    const write = (event: object): void => void res.write(`data: ${JSON.stringify(event)}\n\n`);
    const stop = changes.listen((change) => {
      switch (change.type) {
        case 'message':
          return write({ type: 'message', psid: change.message.psid, message: changed(change.message) });
        case 'person':
          return write({ type: 'person', person: personView(change.person) });
        case 'typing':
        case 'profile':
          return write(change);
      }
    });
    const keepAlive = setInterval(() => res.write(': still here\n\n'), KEEP_ALIVE_MS);
    res.on('close', () => {
      clearInterval(keepAlive);
      stop();
    });
  });
  return routes;
}

function changed(message: Message): object {
  return { ...threadView(message), position: message.position };
}
