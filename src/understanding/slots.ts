import type { Slots } from '../domain/chat/understanding';
import type { Currency, Money } from '../domain/money/amounts';
import { fromDecimal } from '../domain/money/amounts';

const NUMBER = String.raw`-?\d[\d,]*(?:\.\d+)?`;

/** An amount with its sign or unit before or behind the number. */
const AMOUNT = new RegExp(
  String.raw`(?<minus>(?<![\w-])-\s?)?(?<sign>[$€£])\s?(?<after>${NUMBER})|(?<before>${NUMBER})\s?(?<unit>\$|€|£|usd|dollars?|bucks?|eur|euros?|gbp|pounds?)\b`,
  'i',
);
/** A number alone, as people answer "how much?" or write "pay lee 20". */
const BARE_AMOUNT = new RegExp(String.raw`(?:^|\s)(?<bare>${NUMBER})(?=$|[\s.!?]|$)`);

const EMAIL = /[^\s@<>()[\]"',;:]+@[^\s@<>()[\]"',;:]+\.[a-z]{2,}/i;

/** A phone number of the United States, or of any country with its code. */
const PHONE =
  /(?<![\w+.])(?:(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-]?)[2-9]\d{2}[ .-]?\d{4}|\+[2-9](?:[ .()-]{0,2}\d){6,14})(?!\w)/;

const CURRENCY_OF: [RegExp, Currency][] = [
  [/^(\$|usd|dollars?|bucks?)$/i, 'USD'],
  [/^(€|eur|euros?)$/i, 'EUR'],
  [/^(£|gbp|pounds?)$/i, 'GBP'],
];

/** The amount, payee or payers and note in an utterance, each as written and each optional. */
export function slotsOf(spoken: string): Slots {
  const person = /^(?:please )?(?:un)?block\s+(?<name>.+?)(?:\s+please)?[.!]*$/i.exec(spoken)?.groups?.['name'];
  if (person) return { person };
  const { rest, ...money } = takeAmount(spoken);
  const { before, note } = takeNote(rest);
  const payers = payersOf(before);
  const payee = payers ? undefined : payeeOf(before);
  return {
    ...money,
    ...(payee ? { payee } : {}),
    ...(payers ? { payers } : {}),
    ...(/\beach\b/i.test(before) ? { each: true } : {}),
    ...(/\b(without|not|except) (me|myself)\b/i.test(before) ? { withoutSelf: true } : {}),
    ...(note ? { note } : {}),
    ...answerOf(spoken),
  };
}

/** "No" stands first: "no, it worked for my wife" is none that anything may be done on. */
function answerOf(spoken: string): Pick<Slots, 'answer'> {
  if (/^(no|nope|nah|not yet|not really|(it )?(didn't|did not|doesn't|does not) (work|help))\b/i.test(spoken)) {
    return { answer: 'no' };
  }
  return /^(yes|yep|yeah|yup|(yes,? )?(it )?(worked|works|did))\b/i.test(spoken) ? { answer: 'yes' } : {};
}

/** "from Lee", "with Lee, Kim and Bo", "between Lee & Kim", "ask Lee for": those who are to pay. */
function payersOf(spoken: string): string[] | undefined {
  const named = /\b(?:from|with|between|among)\s+(?<names>.*)$/i.exec(spoken) ?? /\bask\s+(?<names>.*)$/i.exec(spoken);
  const names = named?.groups?.['names']
    ?.replace(/\b(?:without|not|except) (?:me|myself)\b|\b(?:each|please|pls|to pay|total|in total|for)\b|[.!?]/gi, ' ')
    .split(/,|&|\+|\band\b/i)
    .map((name) => name.replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '' && name.length <= LONGEST_NAME && !/^(me|myself|us)$/i.test(name));
  return names && names.length > 0 ? names : undefined;
}

function takeAmount(spoken: string): { amount?: Money; amountRefused?: boolean; rest: string } {
  const withoutAddress = hidden(hidden(spoken, EMAIL), PHONE);
  const match = AMOUNT.exec(withoutAddress) ?? BARE_AMOUNT.exec(withoutAddress);
  if (!match?.groups) return { rest: spoken };
  const number = match.groups['after'] ?? match.groups['before'] ?? match.groups['bare'] ?? '';
  const mark = match.groups['sign'] ?? match.groups['unit'] ?? '$';
  const currency = CURRENCY_OF.find(([names]) => names.test(mark))?.[1] ?? 'USD';
  const amount = fromDecimal(number, currency);
  const rest = `${spoken.slice(0, match.index)} ${spoken.slice(match.index + match[0].length)}`
    .replace(/\s+/g, ' ')
    .trim();
  const isOwed = match.groups['minus'] !== undefined;
  return amount && amount.minor > 0 && !isOwed ? { amount, rest } : { amountRefused: true, rest };
}

/** The same text with the digits of an address made unreadable, so that none is taken for an amount. */
function hidden(spoken: string, address: RegExp): string {
  return spoken.replace(address, (found) => found.replace(/[\d+]/g, 'x'));
}

/** Splits at the last " for ", which begins the note: "to Lee for pizza". */
function takeNote(spoken: string): { before: string; note?: string } {
  const match = /^(?<before>.*?)\s+for\s+(?<note>\S.*)$/i.exec(spoken);
  if (!match?.groups) return { before: spoken };
  return { before: match.groups['before'] ?? '', note: (match.groups['note'] ?? '').replace(/[.!?]+$/, '').trim() };
}

function payeeOf(spoken: string): string | undefined {
  const email = EMAIL.exec(spoken)?.[0];
  if (email) return email.replace(/[.]+$/, '');
  const phone = PHONE.exec(spoken)?.[0];
  if (phone) return phone.trim();
  const named = /\bto\s+(?<name>[^\d$].*)$/i.exec(spoken) ?? /\b(?:send|pay|give)\s+(?<name>[^\d$].*)$/i.exec(spoken);
  const name = named?.groups?.['name']
    ?.replace(/[.!?,]+$/, '')
    .replace(/\b(please|pls|thanks|now|today|money|some|cash)\b/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return name && name.length <= LONGEST_NAME ? name : undefined;
}

/** Longer than any name in a chat; what is longer is a sentence that was misread. */
const LONGEST_NAME = 60;
