import { payloadOf } from '../../domain/chat/actions';
import { plain, text } from '../words';
import { TALK_TO_A_PERSON } from './greeting';

export const SUPPORT = {
  'cancel.what': text([], () => ({
    kind: 'text',
    text: 'What shall I cancel?',
    choices: [
      { title: 'The payment', payload: payloadOf('cancel.payment') },
      { title: 'Place in the queue', payload: payloadOf('cancel.queue') },
    ],
  })),
  'cancel.kept': text([], () => plain('Nothing was cancelled.')),
  'cancel.nothing': text([], () => plain('There is nothing to cancel: no payment is waiting for you.')),
  'cancel.left-queue': text([], () =>
    plain('Cancelled: you are no longer waiting for a person. Ask again at any time.'),
  ),
  'cancel.dialogue': text([], () => plain('Cancelled. Nothing was sent.')),
  // The answer is the same whether an account exists or not, so that nobody can find out whose address is a customer's.
  'password.help': text(['passwordReset'], ({ passwordReset }) => ({
    kind: 'buttons',
    text: "You can reset your password on PayPal's own page. Type your e-mail address there; PayPal then sends you a message with the next step. I never ask for a password here. Did it work?",
    buttons: [{ kind: 'open', title: 'Reset password', url: passwordReset.url }],
    choices: [
      { title: 'Yes', payload: payloadOf('password.worked') },
      { title: 'No', payload: payloadOf('password.failed') },
      TALK_TO_A_PERSON,
    ],
  })),
  'password.worked': text([], () => plain('Great, you are all set.')),
  'password.offer-person': text([], () => ({
    kind: 'text',
    text: 'Sorry about that. A person can look at it with you.',
    choices: [TALK_TO_A_PERSON],
  })),
  'handoff.queued': text(['queue'], ({ queue }) =>
    plain(
      `I've asked for a person to join this chat. ${placeOf(queue)}; you can keep writing, they will see it all. Type "cancel" to leave the queue.`,
    ),
  ),
  'handoff.still-waiting': text(['queue'], ({ queue }) =>
    plain(`I've added that for the person who will join. ${placeOf(queue)}.`),
  ),
  'handoff.joined': text(['rep'], ({ rep }) => plain(`${rep.name} has joined and can see what you wrote.`)),
  'handoff.back-to-bot': text([], () =>
    plain('You are back with the automated assistant. A person is one tap away at any time.'),
  ),
  'handoff.released': text([], () =>
    plain('You are back in the queue, in your old place. The next free person takes over.'),
  ),
};

function placeOf({ position }: { position: number }): string {
  if (position <= 1) return 'You are next';
  return position === 2 ? 'There is one person before you' : `There are ${position - 1} people before you`;
}
