import type { Html } from './html';
import { html } from './html';

/** One page of the linking flow: a heading, words and a form, without any script. */
function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <link rel="stylesheet" href="/link/style.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.text;
}

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

/** A last word: what happened and what to do now. */
export function endPage(title: string, words: string): string {
  return page(title, html`<p>${words}</p>`);
}

/** One style for all pages: readable on a phone, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --accent: #0b57c2; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8; --on-accent: #10203a; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1rem; }
dl { margin: 1rem 0; }
dt { font-size: .875rem; opacity: .8; }
dd { margin: 0 0 .75rem; font-size: 1.125rem; overflow-wrap: anywhere; }
button { font: inherit; font-weight: 600; width: 100%; min-height: 3rem; margin: .25rem 0; border-radius: .75rem;
  border: 2px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.second { background: transparent; color: inherit; }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
.hint { font-size: .9375rem; opacity: .85; }
`;
