import type { RequestHandler } from 'express';

/** Headers that only a proxy adds: a request that carries one did not come straight from this machine. */
const FORWARDING_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

const LOOPBACK_PEER = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/**
 * Lets only this machine use the controls: a loopback peer, no forwarding header, a loopback `Host` (a name that was
 * rebound to 127.0.0.1 is somebody else's page) and no `Origin` but its own. Everybody else gets a 404.
 */
export const loopbackOnly: RequestHandler = (req, res, next) => {
  const host = req.headers.host ?? '';
  const { origin } = req.headers;
  const allowed =
    LOOPBACK_PEER.test(req.socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(host) &&
    (origin === undefined || origin === `http://${host}`) &&
    FORWARDING_HEADERS.every((name) => req.headers[name] === undefined);
  if (allowed) next();
  else res.status(404).type('text/plain').send('Not found');
};
