/** A made-up card. What it is charged comes from outside of the simulated PayPal. */
export interface TestCard {
  id: string;
  brand: 'VISA' | 'MASTERCARD' | 'AMEX';
  lastDigits: string;
  expiry: string;
  /** How the bank answers a charge; a code of PayPal's list of processor responses where it declines. */
  answer: 'pays' | '5120' | '5400';
  /** As the page lets somebody choose it. */
  words: string;
}

/** The cards that somebody can choose on the page: nobody types a number. */
export const TEST_CARDS: readonly TestCard[] = [
  card('visa-1111', 'VISA', '1111', 'pays', 'Visa ending in 1111'),
  card('mastercard-4444', 'MASTERCARD', '4444', 'pays', 'Mastercard ending in 4444'),
  card('visa-0002', 'VISA', '0002', '5120', 'Visa ending in 0002, without money'),
  card('amex-0005', 'AMEX', '0005', '5400', 'American Express ending in 0005, expired'),
];

/** A card that must exist. */
export function testCard(id: string): TestCard {
  const found = TEST_CARDS.find((one) => one.id === id);
  if (!found) throw new Error(`no test card ${id}`);
  return found;
}

function card(
  id: string,
  brand: TestCard['brand'],
  lastDigits: string,
  answer: TestCard['answer'],
  words: string,
): TestCard {
  return { id, brand, lastDigits, answer, words, expiry: '2099-12' };
}
