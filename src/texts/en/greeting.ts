import { payloadOf } from '../../domain/chat/actions';
import type { Choice } from '../../domain/chat/channel';
import { plain, text } from '../words';

/** What can always be asked for; the same words as in the persistent menu. */
export const MENU_CHOICES: Choice[] = [
  { title: 'Send', payload: payloadOf('menu.send') },
  { title: 'Request', payload: payloadOf('menu.request') },
  { title: 'My payments', payload: payloadOf('menu.payments') },
  { title: 'Help', payload: payloadOf('menu.help') },
];

export const TALK_TO_A_PERSON: Choice = { title: 'Talk to a person', payload: payloadOf('human.request') };

export const GREETING = {
  // Bots must say what they are at the start and after a long silence (Messenger Platform, send-messages: disclosure).
  'greeting.introduction': text([], () => plain("I'm PayPal's assistant in Messenger: an automated service.")),
  'greeting.hello': text(['person'], ({ person }) => ({
    kind: 'text',
    text: `Hello${person.firstName ? ` ${person.firstName}` : ''}! What can I do for you?`,
    choices: [...MENU_CHOICES, TALK_TO_A_PERSON],
  })),
  'greeting.menu': text([], () => ({
    kind: 'text',
    text: 'I can send money ("send $20 to Lee for pizza"), ask for it ("split $60 with Lee and Kim"), show your payments, link or unlink your PayPal account, and help when you cannot log in. Type "freeze" if somebody else has your phone, "block" and a name to hear nothing more from them. A person is one tap away.',
    choices: [...MENU_CHOICES, TALK_TO_A_PERSON],
  })),
  'greeting.thanks': text([], () => plain("You're welcome. I'm here when you need me.")),
  'greeting.not-understood': text([], () => ({
    kind: 'text',
    text: "Sorry, I did not get that. Here is what I can do; or I'll find a person who can help.",
    choices: [...MENU_CHOICES, TALK_TO_A_PERSON],
  })),
  'greeting.not-text': text([], () => ({
    kind: 'text',
    text: "I can't look at pictures, files or voice messages. Tell me in words, or talk to a person.",
    choices: [TALK_TO_A_PERSON],
  })),
};
