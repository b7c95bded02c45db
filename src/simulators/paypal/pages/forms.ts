import { html } from '../../control/page';
import type { Html } from '../../control/page';

/** The button with which a person agrees, on every page. */
export const AGREE = 'Agree and Continue';

/** What the form shows when an address is not known. */
export const unknownEmail = (email: string): string =>
  email.trim() === ''
    ? 'Please enter the e-mail address of a simulated account.'
    : `We do not know ${email}. Check the address, or pick an account on the simulator's first page.`;

/** The field for an e-mail address with its error, and hidden fields that the form sends along. */
export function emailForm(options: {
  action: string;
  button: string;
  email: string;
  hidden?: Record<string, string | undefined>;
  error?: string;
}): Html {
  const { action, button, email, hidden = {}, error } = options;
  const fields = Object.entries(hidden).flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`],
  );
  return html`<form method="post" action="${action}">
    ${fields}
    <label for="email">Email</label>
    <input
      id="email"
      name="email"
      type="email"
      autocomplete="off"
      required
      value="${email}"
      ${error !== undefined && html`aria-invalid="true" aria-describedby="email-error"`}
    />
    ${error !== undefined && html`<p class="error" id="email-error" role="alert">${error}</p>`}
    <button type="submit">${button}</button>
  </form>`;
}

/** A page for a link that leads nowhere. */
export const deadEnd = (title: string, words: string): Html =>
  html`<section class="card">
    <h1>${title}</h1>
    <p>${words}</p>
  </section>`;
