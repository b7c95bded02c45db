import type { Dialogue, SendSlots } from '../../../src/domain/chat/dialogue';
import type { DraftedPayment, DroppedDraft, PaymentStart } from '../../../src/domain/chat/results';
import { CARD_LIFE_MS } from '../../../src/domain/money/limits';
import type { Effect, Reply, Respond, Turn } from '../turn';
import { say } from '../turn';

/** "send $20 to Lee for pizza", or the guided way from nothing. */
export const sendMoney: Respond = (turn) => {
  if (!turn.paymentsOn) return { effects: [say('send.not-available')] };
  const known = turn.understood?.slots;
  if (known?.amountRefused) {
    const effects = [...dropping(replacedBy(turn)), say('send.amount-refused')];
    return { dialogue: ask('amount', { payee: known.payee, note: known.note }), effects };
  }
  return next({ amount: known?.amount, payee: known?.payee, note: known?.note }, replacedBy(turn));
};

/** The answer to a question of the dialogue. */
export const answerSendQuestion: Respond = (turn) => {
  if (turn.dialogue?.kind !== 'send') return { effects: [] };
  const { asked, slots } = turn.dialogue;
  const understood = turn.understood;
  if (!understood || asked === 'source') return { dialogue: turn.dialogue, effects: [questionFor(asked, slots)] };
  if (asked === 'amount') {
    if (!understood.slots.amount) return { dialogue: turn.dialogue, effects: [say('send.amount-refused')] };
    const amount = understood.slots.amount;
    return next({
      ...slots,
      amount,
      payee: slots.payee ?? understood.slots.payee,
      note: slots.note ?? understood.slots.note,
    });
  }
  return next({ ...slots, payee: understood.slots.payee ?? understood.text, contactId: undefined, like: undefined });
};

/** A tap on one of several contacts of the same name. */
export function choosePayee(turn: Turn, contactId: string): Reply {
  if (turn.dialogue?.kind !== 'send') return { dialogue: turn.dialogue, effects: [say('payment.card-replaced')] };
  return next({ ...turn.dialogue.slots, contactId });
}

/** **Change** on the card: keeps payee and note, and asks what shall be different. */
export function changePayment(turn: Turn, paymentId: string): Reply {
  const { dialogue } = turn;
  const known = dialogue?.kind === 'confirm' && dialogue.paymentId === paymentId ? dialogue.slots : {};
  const slots = { ...known, like: paymentId, amount: undefined };
  return { dialogue: turn.dialogue, effects: [{ do: 'change-card', paymentId, slots }] };
}

/**
 * What to do with the answer to `change-card`. A card that is no longer open changes nothing, and says so; where a
 * request has fixed the amount, the answer is a tap on what shall pay.
 */
export function afterChange(
  dropped: DroppedDraft,
  paymentId: string,
  slots: SendSlots,
  dialogue: Dialogue | undefined,
): Reply {
  if (dropped === 'begun') return { dialogue, effects: [say('payment.too-late-to-cancel', { paymentId })] };
  if (dropped === 'void') return { dialogue, effects: [say('payment.card-replaced')] };
  const asked = dropped === 'dropped-fixed-amount' ? 'source' : 'amount';
  return { dialogue: ask(asked, slots), effects: [say('payment.change-what', { paymentId })] };
}

/** **Confirm**: the one thing that moves money. An old card moves nothing; a started payment repeats its state. */
export function confirmPayment(turn: Turn, paymentId: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'begin-payment', paymentId }] };
}

/** **Cancel** on the card. A payment that has started can no longer be stopped here, and its state is told instead. */
export function cancelCard(turn: Turn, paymentId: string): Reply {
  const current = turn.dialogue?.kind === 'confirm' && turn.dialogue.paymentId === paymentId;
  return {
    dialogue: current ? undefined : turn.dialogue,
    effects: [{ do: 'drop-draft', paymentId, why: 'cancelled' }],
  };
}

/** What to do with the answer to `draft`. */
export function afterDraft(drafted: DraftedPayment, slots: SendSlots, now: number): Reply {
  switch (drafted.kind) {
    case 'card':
      return {
        dialogue: { kind: 'confirm', paymentId: drafted.paymentId, expiresAt: now + CARD_LIFE_MS, slots },
        effects: [say('payment.confirm', { paymentId: drafted.paymentId })],
      };
    case 'which':
      return {
        dialogue: ask('which-payee', slots),
        effects: [say('send.ask-which-payee', { contactIds: drafted.contactIds })],
      };
    case 'unknown-payee':
      return { dialogue: ask('payee', { ...slots, payee: undefined }), effects: [say('send.payee-unknown')] };
    case 'self':
      return { dialogue: ask('payee', { ...slots, payee: undefined }), effects: [say('send.payee-is-self')] };
    case 'amount-refused':
      return { dialogue: ask('amount', { ...slots, amount: undefined }), effects: [say('send.amount-refused')] };
    case 'over-limit':
      return afterOverLimit(drafted, slots);
    case 'not-linked':
      return { dialogue: ask('link', slots), effects: [say('link.needed-first')] };
    case 'frozen':
      return { effects: [{ do: 'say-frozen' }] };
    case 'payee-unavailable':
      return { effects: [say('send.payee-unavailable')] };
    case 'sent-back-already':
      return { effects: [say('request.sent-back-already')] };
    case 'void':
      return { effects: [say('request.share-over')] };
  }
}

/**
 * What to say to the answer to `begin-payment`. The card's dialogue is over, unless the payer still has to approve it on
 * a page: until then it can be cancelled or changed as before.
 */
export function afterBegin(begun: PaymentStart, paymentId: string, dialogue?: Dialogue): Reply {
  const current = dialogue?.kind === 'confirm' && dialogue.paymentId === paymentId;
  if (typeof begun === 'object') {
    const { stepUpId, reason } = begun;
    return { dialogue, effects: [say('step-up.needed', { paymentId, stepUpId, stepUpReason: reason })] };
  }
  return { dialogue: current ? undefined : dialogue, effects: [afterBeginning(begun, paymentId)] };
}

function afterBeginning(begun: Exclude<PaymentStart, object>, paymentId: string): Effect {
  switch (begun) {
    case 'started':
      return say('payment.started', { paymentId });
    case 'existing':
      return say('payment.state', { paymentId });
    case 'void':
      return say('payment.card-replaced');
    case 'frozen':
      return { do: 'say-frozen' };
    case 'payee-unavailable':
      return say('send.payee-unavailable');
  }
}

/** Less can be sent instead; the amount of a share is set by its request, which waits until there is room. */
function afterOverLimit(
  { room: amount, shareId, sendsBack }: Extract<DraftedPayment, { kind: 'over-limit' }>,
  slots: SendSlots,
): Reply {
  if (shareId) return { effects: [say('request.share-over-limit', { shareId, amount })] };
  if (sendsBack) return { effects: [say('request.send-back-over-limit', { shareId: sendsBack, amount })] };
  return { dialogue: ask('amount', { ...slots, amount: undefined }), effects: [say('send.over-limit', { amount })] };
}

function next(slots: SendSlots, replaces?: string): Reply {
  if (!slots.amount)
    return { dialogue: ask('amount', slots), effects: [...dropping(replaces), say('send.ask-amount')] };
  if (!slots.payee && !slots.contactId && !slots.like) {
    return {
      dialogue: ask('payee', slots),
      effects: [...dropping(replaces), say('send.ask-payee', { amount: slots.amount })],
    };
  }
  return { effects: [{ do: 'draft', slots, replaces }] };
}

type Question = Extract<Dialogue, { kind: 'send' }>['asked'];

function ask(asked: Question, slots: SendSlots): Dialogue {
  return { kind: 'send', asked, slots };
}

function questionFor(asked: Question, { amount, like }: SendSlots): Effect {
  if (asked === 'link') return say('link.needed-first');
  if (asked === 'source') return say('payment.change-what', { paymentId: like });
  return asked === 'amount' || !amount ? say('send.ask-amount') : say('send.ask-payee', { amount });
}

function dropping(paymentId: string | undefined): Effect[] {
  return paymentId === undefined ? [] : [{ do: 'drop-draft', paymentId, why: 'replaced' }];
}

/** A new order replaces the card that is out: only one can be confirmed. */
function replacedBy(turn: Turn): string | undefined {
  return turn.dialogue?.kind === 'confirm' ? turn.dialogue.paymentId : undefined;
}
