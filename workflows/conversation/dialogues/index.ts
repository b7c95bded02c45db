import type { Action } from '../../../src/domain/chat/actions';
import { readPayload } from '../../../src/domain/chat/actions';
import type { Intent } from '../../../src/domain/chat/understanding';
import { SURE_ENOUGH } from '../../../src/domain/chat/understanding';
import type { Reply, Respond, Turn } from '../turn';
import { say } from '../turn';
import { cancel, cancelLatestPayment, leaveQueue } from './cancel';
import { confirmLink, offerLink, refuseLink } from './linking';
import { answerSendQuestion, cancelCard, changePayment, choosePayee, confirmPayment, sendMoney } from './send-money';
import {
  askForPerson,
  greet,
  helpWithPassword,
  noRequestsYet,
  notText,
  notUnderstood,
  passwordFailed,
  passwordWorked,
  showMenu,
  tellHistory,
  tellPaymentStatus,
  thank,
} from './support';

/** What each intent starts. */
const BY_INTENT: Record<Intent, Respond> = {
  send_money: sendMoney,
  request_money: noRequestsYet,
  link_account: offerLink,
  password_reset: helpWithPassword,
  transaction_status: tellPaymentStatus,
  transaction_history: tellHistory,
  talk_to_human: askForPerson,
  cancel,
  help: showMenu,
  greeting: greet,
  thanks_bye: thank,
  out_of_scope: notUnderstood,
};

/** What each button does. */
const BY_ACTION: Record<Action, (turn: Turn, id: string) => Reply> = {
  start: greet,
  'menu.send': (turn) => sendMoney({ ...turn, understood: undefined }),
  'menu.request': noRequestsYet,
  'menu.payments': tellHistory,
  'menu.help': showMenu,
  'payment.confirm': confirmPayment,
  'payment.change': changePayment,
  'payment.cancel': cancelCard,
  'payee.choose': choosePayee,
  'password.worked': passwordWorked,
  'password.failed': passwordFailed,
  'human.request': askForPerson,
  'cancel.payment': cancelLatestPayment,
  'cancel.queue': leaveQueue,
  'link.start': offerLink,
  'link.confirm': (_turn, id) => confirmLink(id),
  'link.refuse': (_turn, id) => refuseLink(id),
};

/**
 * The bot's answer to what a person did. Pure: the same turn gives the same reply, and nothing happens until the
 * conversation carries out its effects.
 */
export function respond(turn: Turn): Reply {
  const { act } = turn;
  switch (act.kind) {
    case 'text':
      return respondToText(turn);
    case 'tap':
      return respondToTap(turn, act.payload);
    case 'attachments':
      return notText(turn);
    case 'linked':
      return { dialogue: turn.dialogue, effects: [{ do: 'accept-link', code: act.code }] };
    case 'unlinked':
      return { effects: [{ do: 'unlink' }, say('link.unlinked')] };
    case 'referral':
    case 'opt-in':
      return greet(turn);
    case 'reaction':
    case 'edit':
    case 'unsend':
    case 'thread-control':
      return { dialogue: turn.dialogue, effects: [] };
  }
}

function respondToText(turn: Turn): Reply {
  const { understood, dialogue } = turn;
  if (!understood) return notUnderstood(turn);
  const intent = understood.confidence >= SURE_ENOUGH ? understood.intent : 'out_of_scope';
  const answersQuestion = dialogue?.kind === 'send' && dialogue.asked !== 'link' && ANSWERS.has(intent);
  return answersQuestion ? answerSendQuestion(turn) : BY_INTENT[intent](turn);
}

/** While a question is open, words that mean nothing by themselves ("Lee", "20") or more of the same are its answer. */
const ANSWERS: ReadonlySet<Intent> = new Set(['out_of_scope']);

function respondToTap(turn: Turn, payload: string): Reply {
  const tapped = readPayload(payload);
  return tapped ? BY_ACTION[tapped.action](turn, tapped.id ?? '') : notUnderstood(turn);
}
