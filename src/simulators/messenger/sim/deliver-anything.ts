import type { RequestHandler } from 'express';
import { answerInvalid } from '../../control/validation';
import type { Platform } from '../platform';
import { bytesOf, webhookHeaders } from '../webhooks/body';
import { postBytes } from '../webhooks/post';
import * as shapes from './shapes';

/**
 * `POST /_sim/webhooks`: delivers any body past the queue, a string byte for byte and anything else as the platform
 * writes JSON. Signed correctly unless the headers say otherwise; a header of null is left out. Answers with the status
 * the application gave, or 502 when it gave none.
 */
export function deliverAnything({ subscription, identity }: Platform): RequestHandler {
  return async (req, res) => {
    const asked = shapes.webhook.safeParse(req.body);
    if (!asked.success) return answerInvalid(res, asked.error);
    const { body, headers = {} } = asked.data;
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : bytesOf(body);
    const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
    const sent = { ...webhookHeaders(bytes, identity.appSecret), ...Object.fromEntries(own) };
    try {
      const answer = await postBytes(subscription.state.callbackUrl, bytes, sent);
      res.json({ status: answer.status, body: answer.body });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      res.status(502).json({ message: `the application gave no answer: ${message}` });
    }
  };
}
