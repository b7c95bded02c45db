import express from 'express';
import type { Response, Router } from 'express';
import { html, page, PAGE_CONTENT_POLICY } from '../../control/page';
import type { Html } from '../../control/page';
import type { Platform } from '../platform';

/**
 * Where an application sends a browser back to at the end of account linking. With `authorization_code` the person's
 * account is linked once the application has acknowledged the webhook; without it linking is cancelled.
 */
export function linkingCallback(platform: Platform): Router {
  const { linking, people, announcer } = platform;
  const routes = express.Router();
  routes.get('/messenger_platform/account_linking', async (req, res) => {
    const { account_linking_token: token, authorization_code: code } = req.query;
    const psid = typeof token === 'string' ? linking.redeem(token) : undefined;
    const person = psid === undefined ? undefined : people.get(psid);
    if (person === undefined) {
      return answer(res, 400, 'This link has run out', html`<p>Go back to Messenger and tap Log In once more.</p>`);
    }
    if (typeof code === 'string' && code !== '') {
      const content = { account_linking: { status: 'linked', authorization_code: code } };
      announcer.ofPerson(person, { field: 'messaging_account_linking', content });
      await platform.settle();
      return answer(
        res,
        200,
        'You can go back to Messenger',
        html`<p>Close this page and go on in the conversation.</p>`,
      );
    }
    await platform.settle();
    answer(res, 200, 'Linking was cancelled', html`<p>Nothing was linked. You can go back to Messenger.</p>`);
  });
  return routes;
}

function answer(res: Response, status: number, title: string, text: Html): void {
  const body = html`<section class="card">
    <h1>${title}</h1>
    ${text}
  </section>`;
  res.status(status).set('content-security-policy', PAGE_CONTENT_POLICY).type('html').send(page({ title, body }));
}
