import type { RequestSlots } from '../../../src/domain/chat/dialogue';
import type { AnsweredRequest, BegunPayment, DraftedRequest } from '../../../src/domain/chat/results';
import type { Slots } from '../../../src/domain/chat/understanding';
import type { Effect, Reply, Respond, Turn } from '../turn';
import { say } from '../turn';

type Asked = 'amount' | 'payers' | 'which-payer' | 'link';

/** "request $20 from Lee for pizza": everybody named is asked for the amount. */
export const requestMoney: Respond = (turn) => begin(turn, 'each');

/** "split $60 with Lee and Kim": the total is divided, oneself included unless "without me". */
export const splitBill: Respond = (turn) => begin(turn, turn.understood?.slots.each ? 'each' : 'total');

/** The answer to a question of the dialogue. */
export const answerRequestQuestion: Respond = (turn) => {
  if (turn.dialogue?.kind !== 'request') return { effects: [] };
  const { asked, slots } = turn.dialogue;
  const understood = turn.understood;
  if (!understood || asked === 'link') return { dialogue: turn.dialogue, effects: [questionFor(asked)] };
  if (asked === 'amount') {
    const { amount } = understood.slots;
    return amount ? next({ ...slots, amount }) : { dialogue: turn.dialogue, effects: [say('request.amount-refused')] };
  }
  return next({ ...slots, payers: understood.slots.payers ?? namesIn(understood.text) });
};

/** A tap on one of several contacts of the same name. */
export function choosePayer(turn: Turn, contactId: string): Reply {
  if (turn.dialogue?.kind !== 'request') return { dialogue: turn.dialogue, effects: [say('request.card-void')] };
  const { slots } = turn.dialogue;
  // Names are settled from left to right, so the one in question is the first that has no choice yet.
  const name = slots.payers.find((payer) => slots.chosen[payer] === PENDING);
  if (!name) return { dialogue: turn.dialogue, effects: [say('request.card-void')] };
  return next({ ...slots, chosen: { ...slots.chosen, [name]: contactId } });
}

/** What to do with the answer to `draft-request`. */
export function afterRequestDraft(drafted: DraftedRequest, slots: RequestSlots): Reply {
  switch (drafted.kind) {
    case 'card':
      return {
        dialogue: { kind: 'confirm-request', requestId: drafted.requestId, slots },
        effects: [say('request.confirm', { requestId: drafted.requestId })],
      };
    case 'which': {
      const chosen = { ...slots.chosen, [drafted.name]: PENDING };
      const ids = { contactIds: drafted.contactIds, asWritten: drafted.name };
      return { dialogue: ask('which-payer', { ...slots, chosen }), effects: [say('request.ask-which-payer', ids)] };
    }
    case 'unknown-payer': {
      const payers = slots.payers.filter((name) => name !== drafted.name);
      return {
        dialogue: ask('payers', { ...slots, payers }),
        effects: [say('request.payer-unknown', { asWritten: drafted.name })],
      };
    }
    case 'amount-refused':
      return { dialogue: ask('amount', { ...slots, amount: undefined }), effects: [say('request.amount-refused')] };
    case 'too-many-people':
      return { effects: [say('request.too-many-people')] };
    case 'too-many-open':
      return { effects: [say('request.too-many-open')] };
    case 'not-linked':
      return { dialogue: ask('link', slots), effects: [say('link.needed-first')] };
    case 'frozen':
      return { effects: [{ do: 'say-frozen' }] };
  }
}

/** What to say to the answer to `begin-request`. */
export function afterRequestBegin(begun: BegunPayment, requestId: string): Effect[] {
  if (begun === 'void') return [say('request.card-void')];
  return [say(begun === 'started' ? 'request.asked' : 'request.status', { requestId })];
}

/** **Send request**: the only thing that asks anybody. */
export function confirmRequest(turn: Turn, requestId: string): Reply {
  return { dialogue: withoutCard(turn, requestId), effects: [{ do: 'begin-request', requestId }] };
}

export function dropRequest(turn: Turn, requestId: string): Reply {
  const effects: Effect[] = [{ do: 'drop-request', requestId }, say('request.dropped')];
  return { dialogue: withoutCard(turn, requestId), effects };
}

/** **Pay** on a request: a confirmation card of one's own; the tap on that one moves the money. */
export function acceptShare(turn: Turn, shareId: string): Reply {
  if (!turn.paymentsOn) return { dialogue: turn.dialogue, effects: [say('send.not-available')] };
  return { effects: [{ do: 'draft-share', shareId }] };
}

export function declineShare(turn: Turn, shareId: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'decline-share', shareId }] };
}

/** "decline": what was asked of the person last, and is not answered yet. */
export const declineByWord: Respond = (turn) => ({
  dialogue: turn.dialogue,
  effects: [{ do: 'decline-newest-share' }],
});

export function sendBack(_turn: Turn, shareId: string): Reply {
  return { effects: [{ do: 'draft-send-back', shareId }] };
}

export function tellRequest(turn: Turn, requestId: string): Reply {
  const id = requestId || turn.latestRequestId;
  return {
    dialogue: turn.dialogue,
    effects: [id ? say('request.status', { requestId: id }) : say('request.none-yet')],
  };
}

export function remindRequest(turn: Turn, requestId: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'remind-request', requestId }] };
}

export function cancelRequest(turn: Turn, requestId: string): Reply {
  return { dialogue: turn.dialogue, effects: [{ do: 'cancel-request', requestId }] };
}

/** What to say to the answer of a decline, reminder or cancellation. */
export function afterAnswer(answered: AnsweredRequest, done: Effect[]): Effect[] {
  return answered === 'done' ? done : [say('request.share-over')];
}

/** Stands for a choice that was asked for and not made yet. */
const PENDING = '?';

function begin(turn: Turn, per: 'each' | 'total'): Reply {
  if (!turn.paymentsOn) return { effects: [say('send.not-available')] };
  const known: Slots = turn.understood?.slots ?? {};
  const slots: RequestSlots = {
    amount: known.amount,
    per,
    withSelf: !known.withoutSelf,
    payers: known.payers ?? [],
    chosen: {},
    note: known.note,
  };
  if (known.amountRefused) return { dialogue: ask('amount', slots), effects: [say('request.amount-refused')] };
  return next(slots);
}

function next(slots: RequestSlots): Reply {
  if (!slots.amount) return { dialogue: ask('amount', slots), effects: [say('request.ask-amount')] };
  if (slots.payers.length === 0) return { dialogue: ask('payers', slots), effects: [say('request.ask-payers')] };
  return { effects: [{ do: 'draft-request', slots }] };
}

function ask(asked: Asked, slots: RequestSlots): NonNullable<Turn['dialogue']> {
  return { kind: 'request', asked, slots };
}

function questionFor(asked: Asked): Effect {
  if (asked === 'link') return say('link.needed-first');
  return say(asked === 'amount' ? 'request.ask-amount' : 'request.ask-payers');
}

function withoutCard(turn: Turn, requestId: string): Turn['dialogue'] {
  const current = turn.dialogue?.kind === 'confirm-request' && turn.dialogue.requestId === requestId;
  return current ? undefined : turn.dialogue;
}

function namesIn(text: string): string[] {
  return text
    .split(/,|&|\band\b/i)
    .map((name) => name.trim())
    .filter(Boolean);
}
