import type { StepUpPurpose } from '../../store';
import type { StepUpAnswer } from '../../../workflows/messages/step-up';
import { html } from '../pages/html';
import { endPage, page } from '../pages/page';

/** A payment as its payer sees it before approving it. */
export interface PaymentView {
  amount: string;
  payeeName: string;
  payeeAddress: string;
  source: string;
  note?: string;
}

const START: Record<StepUpPurpose, { title: string; words: string }> = {
  payment: { title: 'Approve a payment', words: 'Log in to PayPal again to see the payment and approve it.' },
  unfreeze: {
    title: 'Unfreeze your account',
    words: 'Log in to PayPal again to send and ask for money in the chat as before.',
  },
  'add-card': { title: 'Add a card', words: 'Log in to PayPal again, then choose a card there.' },
};

/** What the page is for, and the way on to PayPal. Shows nothing about anybody: whoever has the address sees it. */
export function startPage({ purpose, offer }: { purpose: StepUpPurpose; offer: string }): string {
  const { title, words } = START[purpose];
  return page(
    title,
    html`<p>${words}</p>
      <p>You log in on PayPal's own page. Nobody but PayPal sees your password.</p>
      <form method="post" action="/pay/login">
        <input type="hidden" name="offer" value="${offer}" />
        <button type="submit">Log in with PayPal</button>
      </form>
      <p class="hint">Did somebody else send you this link? Then close this page: it belongs to their chat.</p>`,
  );
}

/** The payment once more, with the button that starts it. */
export function approvePage(stepUpId: string, payment: PaymentView): string {
  return page(
    'Approve this payment?',
    html`<dl>
        <dt>Amount</dt>
        <dd>${payment.amount}, no fee</dd>
        <dt>To</dt>
        <dd>${payment.payeeName}<br />${payment.payeeAddress}</dd>
        <dt>From</dt>
        <dd>${payment.source}</dd>
        ${
          payment.note === undefined
            ? undefined
            : html`<dt>For</dt>
                <dd>${payment.note}</dd>`
        }
      </dl>
      ${choices(stepUpId, 'Approve')}
      <p class="hint">Send money only to people you know. What they have claimed cannot be taken back.</p>`,
  );
}

/** The button that ends the freezing. */
export function unfreezePage(stepUpId: string): string {
  return page(
    'Unfreeze your account?',
    html`<p>You can then send and ask for money in the chat again. Cards that were open before stay void.</p>
      ${choices(stepUpId, 'Unfreeze')}`,
  );
}

function choices(stepUpId: string, agree: string) {
  return html`<form method="post" action="/pay/decide">
    <input type="hidden" name="step" value="${stepUpId}" />
    <button type="submit" name="choice" value="approve">${agree}</button>
    <button type="submit" name="choice" value="cancel" class="second">Cancel</button>
  </form>`;
}

/** What became of it, and where to go on. */
export function answerPage(answer: StepUpAnswer): string {
  const [title, words] = ANSWERS[answer];
  return endPage(title, `${words} You can close this page and go back to the chat.`);
}

const ANSWERS: Record<StepUpAnswer, [title: string, words: string]> = {
  started: ['On its way', 'The payment has started; the chat tells you when it has arrived.'],
  existing: ['Already started', 'This payment had begun before. It is made only once; the chat shows where it stands.'],
  void: ['Nothing was sent', 'The card of this payment is no longer valid.'],
  frozen: ['Nothing was sent', 'Your account is frozen in the chat. Unfreeze it there first.'],
  'payee-unavailable': ['Nothing was sent', 'That person cannot get money from you here.'],
  unfrozen: ['No longer frozen', 'You can send and ask for money in the chat again.'],
  'card-added': ['Card added', 'You can pay with it in the chat.'],
  'card-refused': ['No card was added', 'PayPal did not give us a card.'],
  cancelled: ['Cancelled', 'Nothing was sent, and nothing was changed.'],
  expired: ['Too late', 'Nobody pressed a button in time, so nothing was sent and nothing was changed.'],
};

/** Somebody logged in whose account is not the linked one, or PayPal did not say who. */
export function notTheOwnerPage(problem: string | undefined): string {
  const words =
    problem === 'other-account'
      ? 'That is not the PayPal account that is linked to the chat. Nothing was sent, and nothing was changed. Go back to the chat, and log in with the account that is linked.'
      : 'PayPal could not tell us who you are just now. Nothing was sent, and nothing was changed. Go back to the chat and try again.';
  return endPage('Nothing was approved', words);
}
