import { wordsOf } from '../../world/people/phone';
import type { Person } from '../people/person';
import type { Scene } from '../people/scene';
import { LINKED } from '../plan/steps';
import type { Kept } from './payments';
import type { Moved } from './statement';

/** What a person may be told about an amount, and what must then have happened to a payment of theirs. */
interface Assertion {
  words: RegExp;
  says: string;
  holds: (moved: Moved | undefined, kept: Kept) => boolean;
}

const PROMISES: Assertion[] = [
  {
    words: /You sent \$(?<amount>[\d.,]+) to .*It has arrived/,
    says: 'that it arrived',
    // What arrived may have been sent back since.
    holds: (moved) => (moved?.payouts.length ?? 0) > 0,
  },
  {
    words: /\$(?<amount>[\d.,]+) was not sent: .*No money has moved/,
    says: 'that nothing was taken',
    holds: (moved) => (moved?.captures.length ?? 0) === 0,
  },
  {
    words: /The \$(?<amount>[\d.,]+) went back to your PayPal account/,
    says: 'that it went back',
    holds: (moved) => moved !== undefined && moved.returned > 0,
  },
];

/** What people were told that is not so, or was told twice. */
export function untrueWords(scene: Scene, payments: readonly Kept[], statement: ReadonlyMap<string, Moved>): string[] {
  return LINKED.flatMap((who) => {
    const person = scene.people[who];
    const own = payments.filter(({ payer_key }) => payer_key === person.key);
    return [...toldTwice(person), ...untrue(person, own, statement)].map((wrong) => `${who} ${wrong}`);
  });
}

/** Every message of ours carries an id; one that stands in a thread twice was sent twice. */
function toldTwice({ thread }: Person): string[] {
  const ids = thread.flatMap(({ from, metadata }) => (from === 'page' && metadata !== undefined ? [metadata] : []));
  const twice = ids.filter((id, place) => ids.indexOf(id) < place);
  return twice.map((id) => `was told twice: ${wordsOf(thread.find(({ metadata }) => metadata === id) ?? thread[0]!)}`);
}

function untrue({ thread }: Person, own: readonly Kept[], statement: ReadonlyMap<string, Moved>): string[] {
  const texts = thread.flatMap(({ from, text }) => (from === 'page' && text !== undefined ? [text] : []));
  return PROMISES.flatMap(({ words, says, holds }) =>
    texts.flatMap((text) => {
      const amount = words.exec(text)?.groups?.['amount'];
      if (amount === undefined) return [];
      const minor = Math.round(Number(amount.replaceAll(',', '')) * 100);
      const concerned = own.filter((kept) => kept.minor === minor);
      const isSo = concerned.some((kept) => holds(statement.get(kept.payment_id), kept));
      return isSo ? [] : [`was told ${says}, of ${minor}: "${text}"`];
    }),
  );
}
