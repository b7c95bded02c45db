import type { PersonAct } from '../../../src/domain/chat/events';
import { understand } from '../../../src/understanding';
import { respond } from '../../../workflows/conversation/dialogues';
import { afterBegin, afterChange, afterDraft } from '../../../workflows/conversation/dialogues/send-money';
import type { Reply, Turn } from '../../../workflows/conversation/turn';
import { payloadOf } from '../../../src/domain/chat/actions';

const NOW = Date.parse('2017-10-20T12:00:00Z');

function turn(act: PersonAct, more: Partial<Turn> = {}): Turn {
  return {
    act,
    ...(act.kind === 'text' ? { understood: { ...understand(act.text), text: act.text } } : {}),
    linked: true,
    now: NOW,
    waiting: false,
    paymentsOn: true,
    ...more,
  };
}
const says = (text: string, more: Partial<Turn> = {}): Reply =>
  respond(turn({ kind: 'text', text, attachments: [] }, more));
const taps = (payload: string, more: Partial<Turn> = {}): Reply =>
  respond(turn({ kind: 'tap', payload, title: '' }, more));
const spoken = ({ effects }: Reply): string[] =>
  effects.flatMap((effect) => (effect.do === 'say' ? [effect.say.key] : []));

const usd20 = { minor: 2000, currency: 'USD' } as const;
const card = {
  kind: 'confirm',
  paymentId: 'p1',
  expiresAt: NOW + 1000,
  slots: { amount: usd20, payee: 'Lee' },
} as const;

describe('the dialogue of sending money', () => {
  test('a whole order asks for a card at once', () => {
    expect(says('send $20 to Lee for pizza').effects).toEqual([
      { do: 'draft', slots: { amount: usd20, payee: 'Lee', note: 'pizza' }, replaces: undefined },
    ]);
  });

  test('the guided way asks for the amount, then for the payee, then drafts', () => {
    const first = taps(payloadOf('menu.send'));
    expect(spoken(first)).toEqual(['send.ask-amount']);
    const second = says('20', { dialogue: first.dialogue });
    expect(spoken(second)).toEqual(['send.ask-payee']);
    const third = says('Lee', { dialogue: second.dialogue });
    expect(third.effects).toMatchObject([{ do: 'draft', slots: { amount: usd20, payee: 'Lee' } }]);
  });

  test('only a tap on the current card begins a payment, and no text does', () => {
    for (const text of ['yes', 'confirm', 'ok send it', 'Confirm p1', 'payment.confirm:p1']) {
      expect(says(text, { dialogue: card }).effects.some(({ do: what }) => what === 'begin-payment')).toBe(false);
    }
    expect(taps(payloadOf('payment.confirm', 'p1'), { dialogue: card }).effects).toEqual([
      { do: 'begin-payment', paymentId: 'p1' },
    ]);
  });

  test('a new order replaces the card that is out', () => {
    expect(says('send $30 to Lee', { dialogue: card }).effects).toMatchObject([{ do: 'draft', replaces: 'p1' }]);
  });

  test('Change puts the card aside, keeps the payee and asks for another amount', () => {
    const [change] = taps(payloadOf('payment.change', 'p1'), { dialogue: card }).effects;
    expect(change).toEqual({
      do: 'change-card',
      paymentId: 'p1',
      slots: { payee: 'Lee', like: 'p1', amount: undefined },
    });
    const changed = afterChange('dropped', 'p1', { payee: 'Lee', like: 'p1' }, card);
    expect(spoken(changed)).toEqual(['payment.change-what']);
    expect(says('25', { dialogue: changed.dialogue }).effects).toMatchObject([
      { do: 'draft', slots: { amount: { minor: 2500 }, payee: 'Lee', like: 'p1' } },
    ]);
  });

  test('Change on a card whose amount a request has fixed asks what shall pay, and takes no amount', () => {
    const changed = afterChange('dropped-fixed-amount', 'p1', { like: 'p1' }, card);
    expect(spoken(changed)).toEqual(['payment.change-what']);
    const typed = says('25', { dialogue: changed.dialogue });
    expect(spoken(typed)).toEqual(['payment.change-what']);
    expect(typed.dialogue).toEqual(changed.dialogue);
    expect(spoken(says('cancel', { dialogue: changed.dialogue }))).toEqual(['cancel.dialogue']);
  });

  test.each([
    ['begun', 'payment.too-late-to-cancel'],
    ['void', 'payment.card-replaced'],
  ] as const)('Change on a card that is %s changes nothing and says %s', (dropped, key) => {
    const reply = afterChange(dropped, 'p0', {}, card);
    expect(spoken(reply)).toEqual([key]);
    expect(reply.dialogue).toEqual(card);
  });

  test('something else that pays is chosen by a tap, for this payment or for good', () => {
    expect(taps(payloadOf('change.source', 'p1:c1')).effects).toEqual([
      { do: 'change-source', paymentId: 'p1', source: 'c1' },
    ]);
    expect(taps(payloadOf('source.default', 'c1')).effects).toEqual([{ do: 'make-default', source: 'c1' }]);
    expect(says('Make PayPal my default').effects).toEqual([{ do: 'make-default', source: 'wallet' }]);
    expect(says('I want to add a card').effects).toEqual([{ do: 'add-card' }]);
    expect(spoken(says('remove my card', { dialogue: card }))).toEqual(['source.remove-which']);
    expect(taps(payloadOf('source.remove', 'c1'), { dialogue: card })).toEqual({
      dialogue: card,
      effects: [{ do: 'remove-card', source: 'c1' }],
    });
  });

  test('an amount that nobody can send is asked again', () => {
    expect(spoken(says('send 12.345 dollars to Lee'))).toEqual(['send.amount-refused']);
  });

  test('where money is not rolled out nothing is drafted', () => {
    const reply = says('send $20 to Lee', { paymentsOn: false });
    expect(spoken(reply)).toEqual(['send.not-available']);
  });

  test.each([
    [{ kind: 'card', paymentId: 'p2' }, 'payment.confirm', 'confirm'],
    [{ kind: 'which', contactIds: ['a', 'b'] }, 'send.ask-which-payee', 'send'],
    [{ kind: 'unknown-payee' }, 'send.payee-unknown', 'send'],
    [{ kind: 'self' }, 'send.payee-is-self', 'send'],
    [{ kind: 'amount-refused' }, 'send.amount-refused', 'send'],
    [{ kind: 'not-linked' }, 'link.needed-first', 'send'],
  ] as const)('a draft that gives %j says %s', (drafted, key, dialogue) => {
    const reply = afterDraft(drafted as Parameters<typeof afterDraft>[0], { amount: usd20, payee: 'Lee' }, NOW);
    expect(spoken(reply)).toEqual([key]);
    expect(reply.dialogue?.kind).toBe(dialogue);
  });

  test.each([
    ['started', 'payment.started'],
    ['existing', 'payment.state'],
    ['void', 'payment.card-replaced'],
    ['payee-unavailable', 'send.payee-unavailable'],
  ] as const)('a tap on Confirm that gives "%s" says %s and ends the card', (begun, key) => {
    const reply = afterBegin(begun, 'p1', card);
    expect(spoken(reply)).toEqual([key]);
    expect(reply.dialogue).toBeUndefined();
  });

  test('a tap on Confirm that needs a fresh login leads to its page, and the card can still be cancelled', () => {
    const reply = afterBegin({ stepUpId: 's1', reason: 'first-payment' }, 'p1', card);
    expect(spoken(reply)).toEqual(['step-up.needed']);
    expect(says('cancel', { dialogue: reply.dialogue }).effects).toMatchObject([{ do: 'drop-draft', paymentId: 'p1' }]);
  });

  test.each(['yes', 'ok', 'Send it!', 'go ahead'])('"%s" moves nothing: the card is shown once more', (words) => {
    const reply = says(words, { dialogue: card });
    expect(reply.dialogue).toEqual(card);
    expect(spoken(reply)).toEqual(['send.tap-to-confirm', 'payment.confirm']);
  });

  test('"no" ends the card, and words that order something else replace it', () => {
    expect(says('no', { dialogue: card }).effects).toEqual([{ do: 'drop-draft', paymentId: 'p1', why: 'cancelled' }]);
    expect(says('yes, send $30 to Lee', { dialogue: card }).effects).toMatchObject([{ do: 'draft', replaces: 'p1' }]);
    expect(spoken(says('ok, thanks', { dialogue: card }))).toEqual(['greeting.thanks']);
  });

  test('a card that asks others is answered by words in the same way', () => {
    const slots = { per: 'each' as const, withSelf: false, payers: ['Lee'], chosen: {} };
    const asking = { kind: 'confirm-request', requestId: 'r1', slots } as const;
    expect(spoken(says('yes', { dialogue: asking }))).toEqual(['request.tap-to-send', 'request.confirm']);
    expect(says('nope', { dialogue: asking }).effects[0]).toEqual({ do: 'drop-request', requestId: 'r1' });
  });

  test('a tap on an older card leaves the current one as it is', () => {
    expect(afterBegin('void', 'p0', card).dialogue).toEqual(card);
  });
});

describe('cancelling', () => {
  test('cancels the card that is out', () => {
    expect(says('cancel', { dialogue: card }).effects).toEqual([
      { do: 'drop-draft', paymentId: 'p1', why: 'cancelled' },
    ]);
  });

  test('cancels an open question', () => {
    expect(spoken(says('cancel', { dialogue: { kind: 'send', asked: 'amount', slots: {} } }))).toEqual([
      'cancel.dialogue',
    ]);
  });

  test('asks what, when nothing is open, and takes words for an answer', () => {
    const asked = says('cancel', { waiting: true });
    expect(spoken(asked)).toEqual(['cancel.what']);
    const { dialogue } = asked;
    expect(says('my place in the queue', { dialogue, waiting: true }).effects[0]).toEqual({ do: 'leave-queue' });
    expect(says('the payment please', { dialogue, latestPaymentId: 'p9' }).effects).toEqual([
      { do: 'undo-payment', paymentId: 'p9' },
    ]);
    expect(spoken(says('no, leave it', { dialogue }))).toEqual(['cancel.kept']);
    expect(spoken(says('my cat sat on the keyboard', { dialogue }))).toEqual(['greeting.not-understood']);
    expect(taps(payloadOf('cancel.queue'), { dialogue: asked.dialogue, waiting: true }).effects[0]).toEqual({
      do: 'leave-queue',
    });
    expect(taps(payloadOf('cancel.payment'), { latestPaymentId: 'p9' }).effects).toEqual([
      { do: 'undo-payment', paymentId: 'p9' },
    ]);
  });
});

describe('support', () => {
  test('a forgotten password gets the same help whether an account is linked or not', () => {
    expect(says('oh man, I forgot my password', { linked: true })).toEqual(
      says('oh man, I forgot my password', { linked: false }),
    );
  });

  test('a password that still does not work leads to a person, with the reason', () => {
    expect(taps(payloadOf('password.failed')).effects).toEqual([{ do: 'queue', reason: 'password-not-solved' }]);
  });

  test('"Talk to a person" works in the middle of anything', () => {
    expect(taps(payloadOf('human.request'), { dialogue: card }).effects).toEqual([
      { do: 'queue', reason: 'asked-for-a-person' },
    ]);
  });

  test('whoever waits for a person is told that the words were kept', () => {
    expect(spoken(says('hello??? anybody', { waiting: true }))).toEqual(['greeting.hello']);
    expect(spoken(says('my cat sat on the keyboard', { waiting: true }))).toEqual(['handoff.still-waiting']);
  });

  test('a button that is not ours is not understood and does nothing', () => {
    expect(spoken(taps('DEVELOPER_DEFINED_PAYLOAD'))).toEqual(['greeting.not-understood']);
  });
});
