import { payloadOf } from '../../domain/chat/actions';
import type { Money } from '../../domain/money/amounts';
import { shown } from '../money';
import { plain, text } from '../words';
import { TALK_TO_A_PERSON } from './greeting';

export const SEND = {
  'send.ask-amount': text([], () => plain('How much do you want to send? For example: $20')),
  'send.ask-payee': text(['amount'], ({ amount }) =>
    plain(
      `Who gets the ${shown(amount)}? Type the name of somebody you have paid or been paid by, an e-mail address, or a phone number.`,
    ),
  ),
  'send.ask-which-payee': text(['contacts'], ({ contacts }) => ({
    kind: 'text',
    text: `Which one do you mean?\n${contacts.map(({ name, maskedEmail }, index) => `${index + 1}. ${name}: ${maskedEmail}`).join('\n')}`,
    choices: contacts.map(({ contactId, name }, index) => ({
      title: `${index + 1}. ${name}`,
      payload: payloadOf('payee.choose', contactId),
    })),
  })),
  'send.payee-unknown': text([], () =>
    plain(
      'I don\'t find that name among the people you have paid or been paid by. Type their e-mail address or phone number, and I\'ll use that; or "cancel".',
    ),
  ),
  'send.payee-is-self': text([], () =>
    plain('That is your own account, so nothing was sent. Who else shall it go to?'),
  ),
  'send.amount-refused': text([], () =>
    plain(
      'That is not an amount that I can send. Type an amount from $1.00 to $10,000.00, for example: $20; or "cancel".',
    ),
  ),
  'send.over-limit': text(['amount'], ({ amount }) => ({
    kind: 'text',
    text:
      amount.minor > 0
        ? `Nothing was sent: that is more than you can send at the moment. ${roomNow(amount)} How much shall it be?`
        : `Nothing was sent: you have sent as much as you can at the moment. ${roomNow(amount)}`,
    choices: [TALK_TO_A_PERSON],
  })),
  // Says nothing about why: a payee who has blocked somebody is not to be found out.
  'send.payee-unavailable': text([], () => plain('That person cannot get money from you here, so nothing was sent.')),
  'send.tap-to-confirm': text([], () => plain('Nothing was sent yet: I send only when you tap Confirm on the card.')),
  'send.not-available': text([], () => ({
    kind: 'text',
    text: 'Sending money is not available for you yet. Nothing was sent. I can help with everything else.',
    choices: [TALK_TO_A_PERSON],
  })),
};

/** What may be sent at once, and when more of it may. */
export function roomNow(room: Money): string {
  return room.minor > 0
    ? `You can send up to ${shown(room)} now, and more once your latest payments are a week old.`
    : 'You can send again once your latest payments are a week old; in the first day after linking an account the limit is lower.';
}
