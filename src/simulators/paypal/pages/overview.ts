import type { Router } from 'express';
import type { Journal } from '../../control/journal';
import { html, page } from '../../control/page';
import { decimal } from '../money/amounts';
import { totals } from '../money/bank';
import type { World } from '../state/world';

const CALLS_SHOWN = 25;

/** Where the script is that keeps the page fresh. */
const SCRIPT = '/overview.js';

/**
 * Looks again every two seconds while somebody looks and nobody has the focus in it: balances and calls change under
 * the eyes, without a page that reloads itself (which throws a screen reader back to its top).
 */
const SCRIPT_SOURCE = `setInterval(async () => {
  const main = document.querySelector('main');
  if (document.hidden || main.contains(document.activeElement)) return;
  const answer = await fetch('/');
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (fresh.innerHTML !== main.innerHTML) main.replaceWith(fresh);
}, 2000);
`;

const ROLES = {
  person: '',
  platform: 'the business',
  fees: 'PayPal itself',
  cards: 'owes what cards brought',
} as const;

const money = (amounts: [currency: string, value: string][]): string =>
  amounts.map(([currency, value]) => `${value} ${currency}`).join(', ') || '0.00 USD';

/** `/`: accounts, balances and the latest calls. Works without script; with it, it stays fresh by itself. */
export function overviewPage(world: World, journal: Journal, routes: Router): void {
  routes.get('/', (_req, res) => {
    const accounts = world.accounts.values().map(({ email, name, role, state, balances }) => {
      const amounts = Object.entries(balances).map(([currency, minor]): [string, string] => [
        currency,
        decimal({ currency, minor }),
      ]);
      const remark = [ROLES[role], state === 'ok' ? '' : state].filter(Boolean).join(', ');
      return html`<tr>
        <th scope="row">${name}${remark && html` <span class="muted">(${remark})</span>`}</th>
        <td>${email}</td>
        <td class="number">${money(amounts)}</td>
      </tr>`;
    });
    const calls = journal.latest(CALLS_SHOWN).map(
      ({ at, method, path, status }) =>
        html`<tr>
          <td><time datetime="${at}">${at.slice(11, 19)}</time></td>
          <td><code>${method} ${path}</code></td>
          <td class="number">${status}</td>
        </tr>`,
    );
    const body = html`<h1>PayPal, simulated</h1>
      <p class="muted">Everybody here is made up, and so is their money.</p>
      <div class="card">
        <h2 id="accounts">Accounts</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="accounts">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Email</th>
                <th scope="col" class="number">Balance</th>
              </tr>
            </thead>
            <tbody>
              ${accounts}
            </tbody>
          </table>
        </div>
        <p>All money, with what is under way: <strong>${money(Object.entries(totals(world)))}</strong></p>
        <p><a href="/authflow/password-recovery">Forgot your password?</a></p>
      </div>
      <div class="card">
        <h2 id="calls">Latest calls</h2>
        <div class="scroll" tabindex="0" role="region" aria-labelledby="calls">
          <table>
            <thead>
              <tr>
                <th scope="col">Time (UTC)</th>
                <th scope="col">Call</th>
                <th scope="col" class="number">Answer</th>
              </tr>
            </thead>
            <tbody>
              ${calls}
            </tbody>
          </table>
        </div>
      </div>`;
    res.type('html').send(page({ title: 'PayPal, simulated', body, wide: true, script: SCRIPT }));
  });
  routes.get(SCRIPT, (_req, res) => {
    res.type('text/javascript').send(SCRIPT_SOURCE);
  });
}
