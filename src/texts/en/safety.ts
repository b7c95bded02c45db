import type { StepUpReason } from '../../domain/money/step-up';
import { shown } from '../money';
import type { PaymentWords } from '../words';
import { plain, text } from '../words';

export const SAFETY = {
  'step-up.needed': text(['payment', 'stepUp'], ({ payment, stepUp }) => ({
    kind: 'buttons',
    text: `One more step, because ${because(stepUp.reason, payment)}: log in to PayPal again, then approve ${shown(payment.amount)} to ${payment.payeeName}. Nothing is sent before that. The button works once, for 15 minutes.`,
    buttons: [{ kind: 'open', title: 'Approve payment', url: stepUp.url }],
  })),
  'safety.frozen': text(['stepUp'], ({ stepUp }) => ({
    kind: 'buttons',
    text: "Your account is frozen in this chat. Nothing can be sent or asked for, the cards that were open are void, and no account can be linked or unlinked. Money that is already on its way still arrives, and others can still pay you. To end it, log in to PayPal again. If somebody else is in your PayPal account, change your password on PayPal's own page.",
    buttons: [{ kind: 'open', title: 'Unfreeze', url: stepUp.url }],
  })),
  'safety.is-frozen': text(['stepUp'], ({ stepUp }) => ({
    kind: 'buttons',
    text: 'Nothing was done: you froze your account in this chat. To end it, log in to PayPal again.',
    buttons: [{ kind: 'open', title: 'Unfreeze', url: stepUp.url }],
  })),
  'safety.unfrozen': text([], () =>
    plain('Your account is no longer frozen. You can send and ask for money here again.'),
  ),
  'safety.blocked': text(['asWritten'], ({ asWritten }) =>
    plain(
      `${asWritten} is blocked: they can neither send you money nor ask you for any here. They are not told. What has arrived stays yours, and you can still pay them. To undo it, type: unblock ${asWritten}`,
    ),
  ),
  'safety.unblocked': text(['asWritten'], ({ asWritten }) =>
    plain(`${asWritten} is no longer blocked, and can send you money and ask you for it again.`),
  ),
  'safety.block-whom': text([], () =>
    plain(
      "I don't know whom you mean, so nobody was blocked. Type the name of somebody you have paid or been paid by here, for example: block Lee Wong",
    ),
  ),
  'safety.not-blocked': text([], () =>
    plain("I don't find that name among the people you have blocked. Nothing was changed."),
  ),
  'safety.block-several': text([], () =>
    plain('I know several people of that name. Type the full name, or tap Block under what you got from them.'),
  ),
  'safety.nothing-to-freeze': text([], () =>
    plain('No PayPal account is linked to this chat, so there is nothing to freeze: nobody can send money from here.'),
  ),
};

function because(reason: StepUpReason | undefined, { payeeFirstName }: PaymentWords): string {
  switch (reason) {
    case 'first-payment':
      return `this is your first payment to ${payeeFirstName}`;
    case 'new-link':
      return 'your PayPal account was linked less than a day ago';
    case 'new-source':
      return 'what pays was changed less than a day ago';
    case 'large-amount':
    case undefined:
      return 'this is more than $250.00';
  }
}
