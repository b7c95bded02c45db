import { payloadOf } from '../../domain/chat/actions';
import type { Card } from '../../domain/chat/channel';
import { shown } from '../money';
import type { PaymentWords, SourceWords } from '../words';
import { plain, text } from '../words';
import { TALK_TO_A_PERSON } from './greeting';
import { waysToLink } from './linking';
import { declinedBecause, inOneLine, refundedBecause, stateOf } from './payment-state';
import { makeDefault, waysToPay } from './sources';

export const PAYMENT = {
  'payment.confirm': text(['payment', 'paidWith'], ({ payment, paidWith }) => ({
    kind: 'buttons',
    text: [
      `Send ${shown(payment.amount)} to ${payeeOf(payment)}?`,
      ...(payment.note ? [`For: ${payment.note}`] : []),
      `From: ${paidWith.label}`,
      'No fee',
      ...(payment.firstTime
        ? ['Your first payment to them: send only to people you know. What they have claimed cannot be taken back.']
        : []),
    ].join('\n'),
    buttons: [
      { kind: 'reply', title: 'Confirm', payload: payloadOf('payment.confirm', payment.paymentId) },
      { kind: 'reply', title: 'Change', payload: payloadOf('payment.change', payment.paymentId) },
      { kind: 'reply', title: 'Cancel', payload: payloadOf('payment.cancel', payment.paymentId) },
    ],
    ...(paidWith.byDefault ? {} : { choices: [makeDefault(paidWith)] }),
  })),
  'payment.change-what': text(['payment', 'paidWith', 'sources'], ({ payment, paidWith, sources }) => ({
    kind: 'text',
    text: payment.fixedAmount
      ? `What shall pay the ${shown(payment.amount)} to ${payment.payeeName}? Nothing was sent; that card is void.`
      : `How much shall it be instead of ${shown(payment.amount)}? Type an amount, or tap what shall pay instead of ${paidWith.label}. Nothing was sent; that card is void.`,
    choices: waysToPay(payment, paidWith, sources),
  })),
  'payment.started': text(['payment'], ({ payment }) =>
    plain(`Thank you. ${shown(payment.amount)} is on its way to ${payment.payeeName}; I'll tell you when it is there.`),
  ),
  'payment.state': text(['payment', 'paidWith'], ({ payment, paidWith }) => plain(stateOf(payment, paidWith))),
  'payment.paid-payer': text(['payment'], ({ payment }) =>
    plain(
      `${payment.reason === 'claimed-first' ? 'It was claimed before it could be taken back. ' : ''}You sent ${shown(payment.amount)} to ${payment.payeeName}${forNote(payment)}. It has arrived.`,
    ),
  ),
  'payment.unclaimed-payer': text(['payment'], ({ payment }) =>
    unclaimed(
      payment,
      `You sent ${shown(payment.amount)} to ${payment.payeeMaskedAddress}${forNote(payment)}. It waits there until the PayPal account is opened; if nobody claims it within 30 days, it comes back to you.`,
    ),
  ),
  'payment.unclaimed-reminder': text(['payment'], ({ payment }) =>
    unclaimed(
      payment,
      `Nobody has claimed the ${shown(payment.amount)} that you sent to ${payment.payeeMaskedAddress} yet. Maybe remind them, or check the address. 30 days after sending it comes back to you by itself.`,
    ),
  ),
  'payment.undoing': text(['payment'], ({ payment }) =>
    plain(`I'm taking the ${shown(payment.amount)} back, and will tell you when it is done.`),
  ),
  'payment.held': text(['payment'], ({ payment }) =>
    plain(
      `Your payment of ${shown(payment.amount)} to ${payment.payeeName} is being checked by a person. It goes on within a day, or nothing is sent; I'll tell you either way.`,
    ),
  ),
  'payment.in-review': text(['payment'], ({ payment }) =>
    plain(
      `PayPal is reviewing the ${shown(payment.amount)} for ${payment.payeeName}, which can take a few days. You need not do anything; I'll tell you how it ends.`,
    ),
  ),
  'payment.reversed': text(['payment'], ({ payment }) => ({
    kind: 'text',
    text: `PayPal gave you back the ${shown(payment.amount)} that you had sent to ${payment.payeeName}.`,
    choices: [TALK_TO_A_PERSON],
  })),
  'payment.paid-payee': text(['payment'], ({ payment }) => ({
    kind: 'text',
    text: `${payment.payerFirstName} sent you ${shown(payment.amount)}${forNote(payment)}. It is in your PayPal balance.`,
    choices: [{ title: 'Block sender', payload: payloadOf('block.payer', payment.paymentId) }],
  })),
  'payment.receipt': text(['payment', 'paidWith'], ({ payment, paidWith }) => receipt(payment, paidWith)),
  'payment.declined': text(['payment', 'paidWith'], ({ payment, paidWith }) => ({
    kind: 'text',
    text: `${shown(payment.amount)} was not sent: ${declinedBecause(payment, paidWith)} No money has moved. You can try again with another amount, check your PayPal account, or talk to a person.`,
    choices: [TALK_TO_A_PERSON],
  })),
  'payment.refunded': text(['payment'], ({ payment }) => ({
    kind: 'text',
    text: `${refundedBecause(payment)} The ${shown(payment.amount)} went back to your PayPal account.`,
    choices: [TALK_TO_A_PERSON],
  })),
  'payment.with-operator': text(['payment'], ({ payment }) =>
    plain(
      `PayPal has not told us yet what became of the ${shown(payment.amount)} for ${payment.payeeName}. Somebody is looking into it; you need not do anything, and it cannot be taken twice.`,
    ),
  ),
  'payment.card-replaced': text([], () =>
    plain('That card is no longer valid, so nothing was sent. Tell me again what you want to send.'),
  ),
  'payment.nothing-sent': text([], () =>
    plain(
      'Nothing was sent: while you talk with a person, payments are paused. Tell them what you want, or try again afterwards.',
    ),
  ),
  'payment.cancelled': text([], () => plain('Cancelled. Nothing was sent.')),
  'payment.cancelled-consent': text(['payment', 'linkAddresses'], ({ payment, linkAddresses }) => ({
    kind: 'buttons',
    text: `${shown(payment.amount)} to ${payment.payeeName} was cancelled: PayPal says that this chat may no longer use your account. No money has moved. Link it again within a day, and I'll offer this payment once more.`,
    buttons: waysToLink(linkAddresses),
  })),
  'payment.cancelled-unlinked': text(['payment'], ({ payment }) =>
    plain(
      `${shown(payment.amount)} to ${payment.payeeName} was cancelled, because your PayPal account was unlinked before it was charged. No money has moved. If you link it again within a day, I'll offer this payment once more.`,
    ),
  ),
  'payment.cancelled-card': text(['payment', 'paidWith'], ({ payment, paidWith }) =>
    plain(
      `${shown(payment.amount)} to ${payment.payeeName} was cancelled: PayPal no longer lets this chat use ${paidWith.label}, so I have removed that card here. No money has moved.`,
    ),
  ),
  'payment.cancelled-frozen': text(['payment'], ({ payment }) =>
    plain(
      `${shown(payment.amount)} to ${payment.payeeName} was cancelled, because you froze your account before it was charged. No money has moved.`,
    ),
  ),
  'payment.too-late-to-cancel': text(['payment', 'paidWith'], ({ payment, paidWith }) =>
    plain(`It is too late to cancel this one. ${stateOf(payment, paidWith)}`),
  ),
  'payment.history': text(['payments'], ({ payments }) =>
    plain(
      `Your latest payments:\n${payments.map((payment) => `• ${inOneLine(payment, payment.paidWith)}`).join('\n')}`,
    ),
  ),
  'payment.none-yet': text([], () => plain('There are no payments yet. Try: send $20 to a name or an e-mail address.')),
};

/** Undo works for as long as nobody has claimed the money. */
function unclaimed({ paymentId }: PaymentWords, words: string): Card {
  return {
    kind: 'buttons',
    text: words,
    buttons: [{ kind: 'reply', title: 'Undo', payload: payloadOf('payment.undo', paymentId) }],
  };
}

/** Name and masked address; the address alone where that is all that is known. */
function payeeOf({ payeeName, payeeMaskedAddress }: PaymentWords): string {
  return payeeName === payeeMaskedAddress ? payeeName : `${payeeName} (${payeeMaskedAddress})`;
}

function receipt(payment: PaymentWords, paidWith: SourceWords): Card {
  return {
    kind: 'receipt',
    recipientName: payment.payeeName,
    merchantName: 'PayPal',
    orderNumber: payment.paymentId,
    paymentMethod: paidWith.label,
    at: payment.at,
    lines: [{ title: `To ${payment.payeeName}`, subtitle: payment.note, quantity: 1, price: payment.amount }],
    total: payment.amount,
  };
}

function forNote({ note }: PaymentWords): string {
  return note ? ` for ${note}` : '';
}
