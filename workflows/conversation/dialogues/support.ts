import type { Respond } from '../turn';
import { say } from '../turn';

export const greet: Respond = (turn) => ({ dialogue: turn.dialogue, effects: [say('greeting.hello')] });

export const showMenu: Respond = (turn) => ({ dialogue: turn.dialogue, effects: [say('greeting.menu')] });

export const thank: Respond = (turn) => ({ dialogue: turn.dialogue, effects: [say('greeting.thanks')] });

/** The way to PayPal's reset page. The same for everybody, so that it reveals nobody's account. */
export const helpWithPassword: Respond = () => ({ dialogue: { kind: 'password' }, effects: [say('password.help')] });

export const passwordWorked: Respond = () => ({ effects: [say('password.worked')] });

/** Leads to a person, with the reason; whoever waits for one already keeps the place. */
export const passwordFailed: Respond = (turn) =>
  turn.waiting
    ? { effects: [say('handoff.still-waiting')] }
    : { effects: [{ do: 'queue', reason: 'password-not-solved' }] };

/** "Did it work?" answered in words instead of with a tap. */
export const answerPasswordQuestion: Respond = (turn) => {
  const answer = turn.understood?.slots.answer;
  if (answer === 'yes') return passwordWorked(turn);
  return answer === 'no' ? passwordFailed(turn) : notUnderstood(turn);
};

export const tellPaymentStatus: Respond = (turn) => ({
  dialogue: turn.dialogue,
  effects: [turn.latestPaymentId ? say('payment.state', { paymentId: turn.latestPaymentId }) : say('payment.none-yet')],
});

export const tellHistory: Respond = (turn) => ({
  dialogue: turn.dialogue,
  effects: [turn.latestPaymentId ? say('payment.history') : say('payment.none-yet')],
});

/** "Talk to a person" works everywhere and ends whatever the bot was in the middle of. */
export const askForPerson: Respond = (turn) =>
  turn.waiting
    ? { dialogue: turn.dialogue, effects: [say('handoff.still-waiting')] }
    : { effects: [{ do: 'queue', reason: 'asked-for-a-person' }] };

/**
 * Nothing understood. Whoever waits for a person is not lectured by a bot: the words are kept for the rep, and said so.
 */
export const notUnderstood: Respond = (turn) => ({
  dialogue: turn.dialogue,
  effects: [say(turn.waiting ? 'handoff.still-waiting' : 'greeting.not-understood')],
});

/** A picture, file or voice message. */
export const notText: Respond = (turn) => ({
  dialogue: turn.dialogue,
  effects: [say(turn.waiting ? 'handoff.still-waiting' : 'greeting.not-text')],
});
