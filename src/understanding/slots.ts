import type { Slots } from '../domain/chat/understanding';
import type { Currency, Money } from '../domain/money/amounts';
import { fromDecimal } from '../domain/money/amounts';

const NUMBER = String.raw`-?\d[\d,]*(?:\.\d+)?`;

/** An amount with its sign or unit before or behind the number. */
const AMOUNT = new RegExp(
  String.raw`(?<minus>(?<![\w-])-\s?)?(?<sign>[$€£])\s?(?<after>${NUMBER})|(?<before>${NUMBER})\s?(?<unit>\$|€|£|usd|dollars?|bucks?|eur|euros?|gbp|pounds?)(?!\w)`,
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

/** Alone in a line: more words would order something else ("send it to Lee"). */
const GO_AHEAD =
  /^((that's )?(right|correct)|ok|okay|sure|confirm(ed)?|go ahead|do it|(please )?(send|pay) (it|them|him|her))( please| now)*[.! ]*$/i;

/** "No" stands first: "no, it worked for my wife" is none that anything may be done on. */
function answerOf(spoken: string): Pick<Slots, 'answer'> {
  if (/^(no|nope|nah|not yet|not really|(it )?(didn't|did not|doesn't|does not) (work|help))\b/i.test(spoken)) {
    return { answer: 'no' };
  }
  if (/^(yes|yep|yeah|yup|(yes,? )?(it )?(worked|works|did))\b/i.test(spoken)) return { answer: 'yes' };
  return GO_AHEAD.test(spoken) ? { answer: 'go-ahead' } : {};
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
  // "ask Lee for $20 for pizza": the first "for" belongs to the amount.
  const before = spoken.slice(0, match.index).replace(/\bfor\s*$/i, '');
  const rest = `${before} ${spoken.slice(match.index + match[0].length)}`.replace(/\s+/g, ' ').trim();
  const isOwed = match.groups['minus'] !== undefined;
  return amount && amount.minor > 0 && !isOwed ? { amount, rest } : { amountRefused: true, rest };
}

/** The same text with the digits of an address made unreadable, so that none is taken for an amount. */
function hidden(spoken: string, address: RegExp): string {
  return spoken.replace(address, (found) => found.replace(/[\d+]/g, 'x'));
}

/**
 * Splits at the first " for ", which begins the note: "to Lee for pizza". Where nobody is named before it, the people
 * stand behind: "for pizza to Lee", "for dinner with Kim and Bo".
 */
function takeNote(spoken: string): { before: string; note?: string } {
  const match = /^(?<before>.*?)\s+for\s+(?<note>\S.*)$/i.exec(spoken);
  if (!match?.groups) return { before: spoken };
  const { before = '', note = '' } = match.groups;
  const people = (payersOf(before) ?? payeeOf(before)) ? undefined : peopleBehind(before, note);
  return people
    ? { before: `${before} ${people}`, note: note.slice(0, -people.length).trim() }
    : { before, note: note.replace(/[.!?]+$/, '').trim() };
}

/** "to Lee" at the end of what is sent for, and "from Lee" or "with Lee" of what others are asked for. */
function peopleBehind(before: string, note: string): string | undefined {
  const asksOthers = /\b(request|ask|split|divide|share)\b/i.test(before);
  const behind = asksOthers ? /\S\s+((?:from|with|between|among)\s+\S.*)$/i : /\S\s+(to\s+\S.*)$/i;
  return behind.exec(note)?.[1];
}

/** What is said after the verb of an order: "I'd like to send Lee" is about Lee, and not about "send Lee". */
const AFTER_VERB = /\b(?:send|pay|give|transfer|wire|venmo|shoot)\b\s*(?<rest>.*)$/i;

/** Words beside a name that are no part of it. */
const NO_NAME =
  /\b(please|pls|thanks|thank you|now|today|money|some|cash)\b|\p{Extended_Pictographic}|\uFE0F|\u200D/giu;

function payeeOf(spoken: string): string | undefined {
  const email = EMAIL.exec(spoken)?.[0];
  if (email) return email.replace(/[.]+$/, '');
  const phone = PHONE.exec(spoken)?.[0];
  if (phone) return phone.trim();
  const ordered = AFTER_VERB.exec(spoken)?.groups?.['rest'];
  const named = /\bto\s+(?<name>\S.*)$/i.exec(ordered ?? spoken)?.groups?.['name'] ?? ordered;
  if (named === undefined || /^[\d$]/.test(named)) return undefined;
  const name = named
    .replace(NO_NAME, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,]+|[\s.!?,]+$/g, '')
    .replace(/^back\s+|\s+back$/i, '');
  return name !== '' && name.length <= LONGEST_NAME ? name : undefined;
}

/** Longer than any name in a chat; what is longer is a sentence that was misread. */
const LONGEST_NAME = 60;
