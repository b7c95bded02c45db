import type { PersonAct } from './events';

/**
 * Takes card numbers and passwords out of what a person typed, before anything is stored, logged, signalled or shown to
 * a rep. What is left says that something was removed, so that nobody asks for it again.
 */
export function redact(text: string): string {
  return text
    .replace(SECRET, (_all, lead: string) => `${lead}[password removed]`)
    .replace(CARD_CANDIDATE, (digits, at: number, whole: string) =>
      isCardNumber(digits) && !isPhone(digits, whole.charAt(at - 1)) && !isInAddress(digits, at, whole)
        ? '[card number removed]'
        : digits,
    );
}

/** The act with every text in it redacted. */
export function redactAct(act: PersonAct): PersonAct {
  return 'text' in act ? { ...act, text: redact(act.text) } : act;
}

/** 12 to 19 digits, as payment card numbers have (ISO/IEC 7812-1), with single spaces or dashes between. */
const CARD_CANDIDATE = /(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)/g;

/** "my password is hunter2", "pw: hunter2". "I forgot my password" names none and stays. */
const SECRET = /(\b(?:password|passcode|passwort|pwd|pw|pin)\b\s*(?:is|:|=)\s*)("[^"]+"|'[^']+'|\S+)/gi;

/** After a plus sign stands a phone number, which has at most fifteen digits (ITU-T E.164). */
function isPhone(candidate: string, before: string): boolean {
  return before === '+' && candidate.replace(/\D/g, '').length <= 15;
}

/** "vic1795527576122@example.com": without its digits an address would be somebody else's, and money goes to addresses. */
function isInAddress(candidate: string, at: number, whole: string): boolean {
  return /[a-z]/i.test(whole.charAt(at - 1)) && /^[\w.+-]*@[\w-]/.test(whole.slice(at + candidate.length));
}

/** Luhn check, so that order numbers and phone numbers are left alone nine times in ten (ISO/IEC 7812-1, annex B). */
function isCardNumber(candidate: string): boolean {
  const digits = (candidate.match(/\d/g) ?? []).map(Number);
  const sum = digits.toReversed().reduce((total, digit, place) => {
    if (place % 2 === 0) return total + digit;
    const doubled = digit * 2;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
