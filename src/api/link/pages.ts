import { html } from '../pages/html';
import { page } from '../pages/page';

/** What the page is for, and the way on to PayPal. */
export function startPage(view: { personName: string; offer: string; passed: Record<string, string> }): string {
  const hidden = Object.entries({ offer: view.offer, ...view.passed }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return page(
    'Link PayPal to Messenger',
    html`<p>This links a PayPal account to the Messenger chat of <strong>${view.personName}</strong>.</p>
      <p>You log in on PayPal's own page. Nobody but PayPal sees your password.</p>
      <form method="post" action="/link/login">
        ${hidden}
        <button type="submit">Log in with PayPal</button>
      </form>
      <p class="hint">
        Did somebody else send you this link? Then close this page: it would link your account to their chat.
      </p>`,
  );
}

/** Who is about to be linked to whom. */
export function confirmPage(view: {
  sessionId: string;
  personName: string;
  paypalName: string;
  maskedEmail: string;
}): string {
  return page(
    'Is this right?',
    html`<dl>
        <dt>PayPal account</dt>
        <dd>${view.paypalName}<br />${view.maskedEmail}</dd>
        <dt>Messenger chat</dt>
        <dd>${view.personName}</dd>
      </dl>
      <form method="post" action="/link/confirm">
        <input type="hidden" name="session" value="${view.sessionId}" />
        <button type="submit" name="choice" value="link">Link</button>
        <button type="submit" name="choice" value="not-me" class="second">Not me</button>
      </form>
      <p class="hint">Payments are confirmed in the chat, one by one. You can unlink at any time.</p>`,
  );
}
