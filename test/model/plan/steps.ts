import fc from 'fast-check';

/** Who takes part: Ann has plenty; Bob is her friend; Eve is of the kind that the plan says; Cat has not linked. */
export type Name = 'ann' | 'bob' | 'eve' | 'cat';
export const LINKED = ['ann', 'bob', 'eve'] as const;
export type Linked = (typeof LINKED)[number];

/** To whom money goes: a friend by name, Cat's account, or an address without one. */
export type Payee = Linked | 'cat' | 'stranger';

/** One thing that happens. Amounts are minor units, and no two steps of a plan have the same. */
export type Step =
  | { do: 'send'; from: Linked; to: Payee; minor: number; manner: SendManner }
  | {
      do: 'ask';
      from: Linked;
      of: Linked[];
      minor: number;
      split: boolean;
      answer: ShareAnswer;
      afterwards: RequestTurn;
    }
  | { do: 'unlink'; who: Linked; how: 'messenger' | 'paypal'; relink: boolean }
  | { do: 'link'; manner: LinkManner }
  | { do: 'undo'; who: Linked }
  | { do: 'claim' }
  | { do: 'reverse'; what: 'charge' | 'payout' }
  | { do: 'dispute' }
  | { do: 'terminate' }
  | { do: 'restrict'; who: Linked; state: 'ok' | 'restricted' }
  | { do: 'freeze'; who: Linked; unfreeze: boolean }
  | { do: 'block'; who: Linked; whom: Linked; unblock: boolean }
  | { do: 'source'; who: Linked; what: SourceChange }
  | { do: 'hold'; until: HoldEnd }
  | { do: 'chat'; who: Name; says: string }
  | { do: 'person-joins'; who: Name; answers: boolean }
  | { do: 'inbox'; who: Name };

export type SendManner = 'tap' | 'double-tap' | 'cancel' | 'old-card' | 'change' | 'leave';
export type ShareAnswer = 'pay' | 'pay-twice' | 'decline' | 'ignore' | 'drop';
export type RequestTurn = 'nothing' | 'cancel' | 'cancel-at-once' | 'remind' | 'look';
export type SourceChange = 'add-card' | 'default' | 'change';
/** How an operator's hold ends; one that is left ends by itself. */
export type HoldEnd = 'release' | 'drain' | 'cancel' | 'left';
export type LinkManner = 'log-in' | 'web' | 'not-me' | 'refuse' | 'leave';

/** A step, and whether the next one begins without waiting for it. */
export interface Happening {
  step: Step;
  meanwhile: boolean;
}

const linked = fc.constantFrom(...LINKED);
const dollars = fc.integer({ min: 1, max: 30 });

const WORDS = [
  'hello',
  'my payments',
  'where is my money',
  'cancel',
  'blah',
  'thanks',
  'I forgot my password',
  'help',
  'unlink my paypal',
];

const send = fc.record({
  do: fc.constant('send' as const),
  from: linked,
  to: fc.constantFrom<Payee>('ann', 'bob', 'bob', 'eve', 'cat', 'stranger', 'stranger'),
  minor: dollars,
  manner: fc.constantFrom<SendManner>(
    'tap',
    'tap',
    'tap',
    'double-tap',
    'double-tap',
    'cancel',
    'old-card',
    'change',
    'leave',
  ),
});

const ask = fc.record({
  do: fc.constant('ask' as const),
  from: linked,
  of: fc.uniqueArray(linked, { minLength: 1, maxLength: 2 }),
  minor: dollars,
  split: fc.boolean(),
  answer: fc.constantFrom<ShareAnswer>('pay', 'pay', 'pay-twice', 'decline', 'ignore', 'drop'),
  afterwards: fc.constantFrom<RequestTurn>('nothing', 'cancel', 'cancel-at-once', 'remind', 'look'),
});

const others: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('unlink' as const),
    who: linked,
    how: fc.constantFrom('messenger' as const, 'paypal' as const),
    relink: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('link' as const),
    manner: fc.constantFrom<LinkManner>('log-in', 'log-in', 'web', 'not-me', 'refuse', 'leave'),
  }),
  fc.record({ do: fc.constant('undo' as const), who: linked }),
  fc.constant<Step>({ do: 'claim' }),
  fc.record({ do: fc.constant('reverse' as const), what: fc.constantFrom('charge' as const, 'payout' as const) }),
  fc.constant<Step>({ do: 'dispute' }),
  fc.constant<Step>({ do: 'terminate' }),
  fc.record({
    do: fc.constant('restrict' as const),
    who: linked,
    state: fc.constantFrom('ok' as const, 'restricted' as const),
  }),
  fc.record({ do: fc.constant('freeze' as const), who: linked, unfreeze: fc.boolean() }),
  fc.record({ do: fc.constant('block' as const), who: linked, whom: linked, unblock: fc.boolean() }),
  fc.record({
    do: fc.constant('source' as const),
    who: linked,
    what: fc.constantFrom<SourceChange>('add-card', 'default', 'change'),
  }),
  fc.record({
    do: fc.constant('hold' as const),
    until: fc.constantFrom<HoldEnd>('release', 'drain', 'cancel', 'left'),
  }),
  fc.record({
    do: fc.constant('chat' as const),
    who: fc.constantFrom<Name>(...LINKED, 'cat'),
    says: fc.constantFrom(...WORDS),
  }),
  fc.record({
    do: fc.constant('person-joins' as const),
    who: fc.constantFrom<Name>(...LINKED, 'cat'),
    answers: fc.boolean(),
  }),
  fc.record({ do: fc.constant('inbox' as const), who: fc.constantFrom<Name>('bob', 'cat') }),
);

/** Half of what happens is a payment; the rest is everything else that people and providers do. */
export const happening: fc.Arbitrary<Happening> = fc.record({
  step: fc.oneof({ weight: 4, arbitrary: send }, { weight: 3, arbitrary: ask }, { weight: 5, arbitrary: others }),
  meanwhile: fc.boolean(),
});
