import type { Action } from '../../../src/domain/chat/actions';
import { readPayload } from '../../../src/domain/chat/actions';
import type { Intent } from '../../../src/domain/chat/understanding';
import { SURE_ENOUGH } from '../../../src/domain/chat/understanding';
import type { Reply, Respond, Turn } from '../turn';
import { answerCancelQuestion, cancel, cancelLatestPayment, leaveQueue } from './cancel';
import { answerCard, areAnswer, isCard } from './cards';
import { askToUnlink, confirmLink, confirmUnlink, keepLinked, offerLink, refuseLink } from './linking';
import {
  acceptShare,
  answerRequestQuestion,
  cancelRequest,
  choosePayer,
  confirmRequest,
  declineByWord,
  declineShare,
  dropRequest,
  remindRequest,
  requestMoney,
  sendBack,
  splitBill,
  tellRequest,
} from './request-money';
import { blockByName, blockPayer, blockRequester, freeze, unblockByName } from './safety';
import { answerSendQuestion, cancelCard, changePayment, choosePayee, confirmPayment, sendMoney } from './send-money';
import { addCard, askWhichCardToRemove, changeSource, makeDefault, removeCard } from './sources';
import {
  answerPasswordQuestion,
  askForPerson,
  greet,
  helpWithPassword,
  notText,
  notUnderstood,
  passwordFailed,
  passwordWorked,
  showMenu,
  tellHistory,
  tellPaymentStatus,
  thank,
} from './support';
import { undoPayment } from './undo';

/** What each intent starts. */
const BY_INTENT: Record<Intent, Respond> = {
  send_money: sendMoney,
  request_money: requestMoney,
  split_bill: splitBill,
  decline_request: declineByWord,
  link_account: offerLink,
  freeze_account: freeze,
  block_person: blockByName,
  unblock_person: unblockByName,
  change_default: (turn) => makeDefault(turn, 'wallet'),
  add_card: addCard,
  remove_card: askWhichCardToRemove,
  unlink_account: askToUnlink,
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
  'menu.request': (turn) => requestMoney({ ...turn, understood: undefined }),
  'menu.payments': tellHistory,
  'menu.help': showMenu,
  'payment.confirm': confirmPayment,
  'payment.change': changePayment,
  'payment.cancel': cancelCard,
  'change.source': changeSource,
  'source.add': addCard,
  'source.remove': removeCard,
  'source.default': makeDefault,
  'payment.undo': undoPayment,
  'payee.choose': choosePayee,
  'payer.choose': choosePayer,
  'request.confirm': confirmRequest,
  'request.drop': dropRequest,
  'request.status': tellRequest,
  'request.remind': remindRequest,
  'request.cancel': cancelRequest,
  'request.send-back': sendBack,
  'share.accept': acceptShare,
  'share.decline': declineShare,
  'password.worked': passwordWorked,
  'password.failed': passwordFailed,
  'human.request': askForPerson,
  'cancel.payment': cancelLatestPayment,
  'cancel.queue': leaveQueue,
  'link.start': offerLink,
  'link.confirm': (_turn, id) => confirmLink(id),
  'link.refuse': (_turn, id) => refuseLink(id),
  'unlink.confirm': confirmUnlink,
  'block.payer': blockPayer,
  'block.requester': blockRequester,
  'unlink.keep': keepLinked,
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
      return { effects: [{ do: 'unlink', by: 'provider' }] };
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
  if (isCard(dialogue) && areAnswer(intent, understood.slots)) return answerCard(turn, dialogue);
  // While a question is open, words that mean nothing by themselves ("Lee", "20") are its answer.
  if (intent !== 'out_of_scope') return BY_INTENT[intent](turn);
  if (dialogue?.kind === 'send' && dialogue.asked !== 'link') return answerSendQuestion(turn);
  if (dialogue?.kind === 'request' && dialogue.asked !== 'link') return answerRequestQuestion(turn);
  if (dialogue?.kind === 'password') return answerPasswordQuestion(turn);
  if (dialogue?.kind === 'cancel-what') return answerCancelQuestion(turn);
  return notUnderstood(turn);
}

function respondToTap(turn: Turn, payload: string): Reply {
  const tapped = readPayload(payload);
  return tapped ? BY_ACTION[tapped.action](turn, tapped.id ?? '') : notUnderstood(turn);
}
