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
  | { do: 'unlink'; who: Linked; how: 'messenger' | 'chat' | 'paypal'; relink: boolean }
  | { do: 'link'; manner: LinkManner }
  | { do: 'undo'; who: Linked }
  | { do: 'claim' }
  | { do: 'reverse'; what: 'charge' | 'payout' }
  | { do: 'dispute' }
  | { do: 'terminate' }
  | { do: 'review'; who: Linked }
  | { do: 'decide'; well: boolean }
  | { do: 'restrict'; who: Linked; state: 'ok' | 'restricted' }
  | { do: 'freeze'; who: Linked; unfreeze: boolean }
  | { do: 'block'; who: Linked; whom: Linked; unblock: boolean }
  | { do: 'source'; who: Linked; what: SourceChange }
  | { do: 'hold'; until: HoldEnd }
  | { do: 'chat'; who: Name; says: string }
  | { do: 'person-joins'; who: Name; answers: boolean }
  | { do: 'inbox'; who: Name };

export type SendManner = 'tap' | 'double-tap' | 'cancel' | 'old-card' | 'change' | 'log-in-only' | 'leave';
export type ShareAnswer = 'pay' | 'pay-twice' | 'decline' | 'decline-in-words' | 'ignore' | 'drop';
export type RequestTurn = 'nothing' | 'cancel' | 'cancel-at-once' | 'remind' | 'look';
export type SourceChange = 'add-card' | 'remove-card' | 'default' | 'change';
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
const PAYEES = fc.constantFrom<Payee>('ann', 'bob', 'eve', 'cat', 'stranger');
const MANNERS: SendManner[] = ['tap', 'tap', 'tap', 'double-tap', 'cancel', 'old-card', 'change', 'log-in-only'];
const WORDS = [
  'hello',
  'my payments',
  'where is my money',
  'cancel',
  'blah',
  'I forgot my password',
  'unlink my paypal',
];

/** A payment to these in these manners; nobody sends to themselves. */
function send(to: fc.Arbitrary<Payee>, manners: SendManner[]): fc.Arbitrary<Extract<Step, { do: 'send' }>> {
  return fc
    .record({ from: linked, to, minor: dollars, manner: fc.constantFrom(...manners) })
    .map((drawn) => ({ do: 'send', ...drawn, to: drawn.to === drawn.from ? 'stranger' : drawn.to }));
}

const ask: fc.Arbitrary<Extract<Step, { do: 'ask' }>> = fc
  .record({
    from: linked,
    both: fc.boolean(),
    minor: dollars,
    split: fc.boolean(),
    answer: fc.constantFrom<ShareAnswer>('pay', 'pay', 'pay-twice', 'decline', 'decline-in-words', 'ignore', 'drop'),
    afterwards: fc.constantFrom<RequestTurn>('nothing', 'cancel', 'cancel', 'cancel-at-once', 'remind', 'look'),
  })
  .map(({ both, ...drawn }) => {
    const others = LINKED.filter((name) => name !== drawn.from);
    return { do: 'ask', ...drawn, of: both ? others : others.slice(0, 1) };
  });

/** The payers pay, and the requester cancels when that is done: what was paid is offered to be sent back. */
function paidAndCancelled(step: Extract<Step, { do: 'ask' }>): Step {
  return { ...step, answer: 'pay', afterwards: 'cancel' };
}

const undone: fc.Arbitrary<Step> = fc
  .constantFrom<Step['do'][]>('claim', 'terminate', 'undo')
  .chain((what) =>
    what === 'undo' ? fc.record({ do: fc.constant(what), who: linked }) : fc.constant<Step>({ do: what } as Step),
  );

const reversed: fc.Arbitrary<Step> = fc.constantFrom<Step>(
  { do: 'reverse', what: 'charge' },
  { do: 'reverse', what: 'payout' },
  { do: 'dispute' },
);

const unlink: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('unlink' as const),
  who: linked,
  how: fc.constantFrom('messenger' as const, 'chat' as const, 'paypal' as const),
  relink: fc.boolean(),
});

const hold: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('hold' as const),
  until: fc.constantFrom<HoldEnd>('release', 'drain', 'cancel', 'left'),
});

const alone: fc.Arbitrary<Step> = fc.oneof(
  unlink,
  fc.record({
    do: fc.constant('link' as const),
    manner: fc.constantFrom<LinkManner>('log-in', 'log-in', 'web', 'refuse', 'refuse', 'not-me', 'leave'),
  }),
  fc.record({
    do: fc.constant('restrict' as const),
    who: linked,
    state: fc.constantFrom('ok' as const, 'restricted' as const),
  }),
  fc.record({ do: fc.constant('block' as const), who: linked, whom: linked, unblock: fc.boolean() }),
  fc.record({
    do: fc.constant('source' as const),
    who: linked,
    what: fc.constantFrom<SourceChange>('add-card', 'remove-card', 'remove-card', 'default'),
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

/** A step and what follows it; `meanwhile` lets the second begin before the first has ended. */
function pair(first: fc.Arbitrary<Step>, second: fc.Arbitrary<Step>, meanwhile = fc.boolean()): Episode {
  return fc.tuple(first, second, meanwhile).map(([one, other, atOnce]) => [
    { step: one, meanwhile: atOnce },
    { step: other, meanwhile: false },
  ]);
}

type Episode = fc.Arbitrary<Happening[]>;

const TAPPED: SendManner[] = ['tap', 'tap', 'double-tap'];
const friends = fc.constantFrom<Payee>('ann', 'bob', 'eve');
const never = fc.constant(false);

/** What belongs together: most of it is about a payment and what happens to it. */
export const episode: Episode = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(send(PAYEES, MANNERS), fc.boolean()).map(([step, meanwhile]) => [{ step, meanwhile }]),
  },
  { weight: 3, arbitrary: fc.tuple(ask, fc.boolean()).map(([step, meanwhile]) => [{ step, meanwhile }]) },
  { weight: 4, arbitrary: fc.tuple(alone, fc.boolean()).map(([step, meanwhile]) => [{ step, meanwhile }]) },
  { weight: 2, arbitrary: pair(send(fc.constant('stranger'), TAPPED), undone) },
  { weight: 2, arbitrary: pair(send(friends, TAPPED), reversed) },
  { weight: 2, arbitrary: pair(send(friends, TAPPED), hold, fc.constant(true)) },
  { weight: 1, arbitrary: pair(send(PAYEES, TAPPED), unlink) },
  {
    weight: 1,
    arbitrary: pair(
      send(PAYEES, ['leave']),
      fc.record({ do: fc.constant('source' as const), who: linked, what: fc.constant('change' as const) }),
      never,
    ),
  },
  {
    weight: 1,
    arbitrary: pair(fc.record({ do: fc.constant('review' as const), who: linked }), send(friends, TAPPED), never),
  },
  {
    weight: 1,
    arbitrary: pair(
      fc.record({ do: fc.constant('freeze' as const), who: linked, unfreeze: fc.boolean() }),
      send(friends, TAPPED),
      never,
    ),
  },
);

/** What would hardly ever happen by itself: each of them comes in some scenarios of every campaign. */
export const SELDOM_SEEN: readonly Episode[] = [
  fc.constant([{ step: { do: 'link', manner: 'refuse' }, meanwhile: false }]),
  ask.map((step) => [{ step: paidAndCancelled(step), meanwhile: false }]),
  pair(send(friends, TAPPED), hold, fc.constant(true)),
  pair(send(friends, TAPPED), fc.constant({ do: 'reverse', what: 'charge' }), never),
];

/** PayPal decides what it reviewed. */
export const decision: fc.Arbitrary<Happening> = fc
  .boolean()
  .map((well) => ({ step: { do: 'decide', well }, meanwhile: false }));
