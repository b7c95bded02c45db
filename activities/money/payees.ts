import type { Contact } from '../../src/store';

/** Who is to be paid: by address and name, and as a person where they are known as one. */
export interface Payee {
  email?: string;
  /** E.164. */
  phone?: string;
  name: string;
  personKey?: string;
}

/** The contacts that a name can mean: "Lee", "lee wong" and "Lee W" all mean Lee Wong. */
export function contactsNamed<Named extends Pick<Contact, 'name'>>(contacts: Named[], wanted: string): Named[] {
  const asked = wordsOf(wanted);
  if (asked.length === 0) return [];
  return contacts.filter(({ name }) => {
    const known = wordsOf(name);
    return asked.every((word, place) => (place === 0 ? known[0] === word : known[place]?.startsWith(word)));
  });
}

/**
 * The contacts that a name can mean where money is concerned. Somebody by whom one has only been paid never comes in the
 * way of those one has paid: anybody can send a dollar under a friend's name.
 */
export function contactsMeant(contacts: Contact[], wanted: string): Contact[] {
  const named = contactsNamed(contacts, wanted);
  const paid = named.filter(({ firstPaidAt }) => firstPaidAt !== undefined);
  return paid.length > 0 ? paid : named;
}

/**
 * Whether this can be an e-mail address as people have them. Where something was redacted in it, it is not the one that
 * was typed any more, and nobody may be paid at it.
 */
export function isAddress(text: string): boolean {
  return /^[^\s@<>()[\]"',;:]+@[^\s@<>()[\]"',;:]+\.[a-z]{2,}$/i.test(text.trim());
}

/** E-mail addresses differ in capitals and blanks only by accident. */
export function sameEmail(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFKC')
    .split(/[\s.]+/)
    .filter(Boolean);
}
