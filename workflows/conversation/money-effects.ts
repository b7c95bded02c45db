import { uuid4 } from '@temporalio/workflow';
import type { DraftedPayment } from '../../src/domain/chat/results';
import type { SendSlots } from '../../src/domain/chat/dialogue';
import { step } from '../proxies';
import { afterAnswer, afterRequestBegin, afterRequestDraft } from './dialogues/request-money';
import { afterBegin, afterChange, afterDraft } from './dialogues/send-money';
import { afterUndo } from './dialogues/undo';
import type { ConversationState } from './state';
import type { Effect, MoneyEffect, Reply } from './turn';
import { say } from './turn';

const draftPayment = step('draftPayment', 'Prepare the confirmation card');
const dropDraft = step('dropDraft', 'Make a card void');
const changeSource = step('changeSource', 'Prepare the card with something else that pays');
const beginPayment = step('beginPayment', 'Start the payment');
const undoPayment = step('undoPayment', 'Take the payment back');
const draftRequest = step('draftRequest', 'Prepare the card that asks others');
const dropRequest = step('dropRequest', 'Make a request void');
const beginRequest = step('beginRequest', 'Ask the people and start the request');
const draftShare = step('draftShare', 'Prepare the card for a share');
const draftSendBack = step('draftSendBack', 'Prepare the card that sends a share back');
const findAskedShare = step('findAskedShare', 'Find what was asked last');
const declineShare = step('declineShare', 'Decline a share');
const askForReminder = step('askForReminder', 'Remind the others');
const cancelRequest = step('cancelRequest', 'Cancel the request');

/** Does what a dialogue wants done about money; gives what follows from the result. */
export async function performMoneyEffect(effect: MoneyEffect, state: ConversationState, at: number): Promise<Effect[]> {
  const { personKey, rollout } = state.input;
  switch (effect.do) {
    case 'draft': {
      const { slots, replaces } = effect;
      return carded(
        state,
        at,
        slots,
        await draftPayment({ payerKey: personKey, paymentId: uuid4(), slots, replaces, at }),
      );
    }
    case 'drop-draft': {
      const { paymentId, why } = effect;
      const dropped = await dropDraft({ payerKey: personKey, paymentId, why });
      if (dropped === 'begun') return [say('payment.too-late-to-cancel', { paymentId })];
      if (why === 'replaced') return [];
      return [say(dropped === 'void' ? 'payment.card-replaced' : 'payment.cancelled')];
    }
    case 'change-card': {
      const { paymentId, slots } = effect;
      const dropped = await dropDraft({ payerKey: personKey, paymentId, why: 'replaced' });
      return goneOn(state, afterChange(dropped, paymentId, slots, state.dialogue));
    }
    case 'change-source': {
      const { paymentId, source } = effect;
      const request = { payerKey: personKey, paymentId, newPaymentId: uuid4(), source, at };
      return carded(state, at, { like: paymentId }, await changeSource(request));
    }
    case 'begin-payment': {
      const { paymentId } = effect;
      const begun = await beginPayment({ paymentId, payerKey: personKey, rollout, at });
      return goneOn(state, afterBegin(begun, paymentId, state.dialogue));
    }
    case 'undo-payment': {
      const { paymentId } = effect;
      return afterUndo(await undoPayment({ payerKey: personKey, paymentId }), paymentId);
    }
    case 'draft-request': {
      const { slots } = effect;
      const drafted = await draftRequest({ requesterKey: personKey, requestId: uuid4(), slots, at });
      return goneOn(state, afterRequestDraft(drafted, slots));
    }
    case 'drop-request':
      await dropRequest({ requesterKey: personKey, requestId: effect.requestId });
      return [];
    case 'begin-request': {
      const { requestId } = effect;
      return afterRequestBegin(await beginRequest({ requesterKey: personKey, requestId, at }), requestId);
    }
    case 'draft-share': {
      const { shareId } = effect;
      return carded(state, at, {}, await draftShare({ payerKey: personKey, shareId, paymentId: uuid4(), at }));
    }
    case 'draft-send-back': {
      const { shareId } = effect;
      return carded(state, at, {}, await draftSendBack({ requesterKey: personKey, shareId, paymentId: uuid4(), at }));
    }
    case 'decline-share': {
      const { shareId } = effect;
      const done = [say('request.share-declined-by-you', { shareId })];
      return afterAnswer(await declineShare({ payerKey: personKey, shareId }), done);
    }
    case 'decline-newest-share': {
      const shareId = await findAskedShare({ payerKey: personKey });
      return [shareId === undefined ? say('request.none-asked') : { do: 'decline-share', shareId }];
    }
    case 'remind-request': {
      const { requestId } = effect;
      return afterAnswer(await askForReminder({ requesterKey: personKey, requestId }), [say('request.reminded')]);
    }
    case 'cancel-request':
      // The request itself tells everybody, the requester included.
      return afterAnswer(await cancelRequest({ requesterKey: personKey, requestId: effect.requestId }), []);
  }
}

/** The card that came of it, or the question that has to be asked first. */
function carded(state: ConversationState, at: number, slots: SendSlots, drafted: DraftedPayment): Effect[] {
  return goneOn(state, afterDraft(drafted, slots, at));
}

function goneOn(state: ConversationState, reply: Reply): Effect[] {
  state.dialogue = reply.dialogue;
  return reply.effects;
}
