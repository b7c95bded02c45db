import type { Response, Router } from 'express';
import { html, page } from '../../control/page';
import { emailForm } from './forms';

const TITLE = 'Reset your password';

function answer(res: Response): void {
  // The same words for every address: who has an account is nobody's business.
  const body = html`<section class="card">
    <h1>Check your mail</h1>
    <p role="status">If there is an account, a message is on its way.</p>
    <p><a href="/authflow/password-recovery">Use another address</a></p>
  </section>`;
  res.type('html').send(page({ title: TITLE, body }));
}

/** `/authflow/password-recovery`: where a person who forgot the password goes. No password is ever asked for. */
export function recoveryPages(routes: Router): void {
  routes.get('/authflow/password-recovery', (_req, res) => {
    const form = emailForm({ action: '/authflow/password-recovery', button: 'Next', email: '' });
    const body = html`<section class="card">
      <h1>${TITLE}</h1>
      <p>Tell us your e-mail address, and we send you a link with which to choose a new password.</p>
      ${form}
    </section>`;
    res.type('html').send(page({ title: TITLE, body }));
  });
  routes.post('/authflow/password-recovery', (_req, res) => {
    answer(res);
  });
}
