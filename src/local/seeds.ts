/**
 * The people of a fresh `npm start`: two who are linked and know each other, and one who is not linked yet. Everything
 * about them is made up, and the ids are fixed so that simulators and application mean the same people.
 */
export interface SeededPerson {
  /** Their address on the simulated Messenger. */
  psid: string;
  name: string;
  email: string;
  platform: 'ios' | 'android' | 'web';
  country: string;
  locale: string;
  timezone: number;
  balance: string;
  /** The consent to charge them, for those who are linked. */
  vault?: { paymentTokenId: string; customerId: string };
  /** E-mail addresses of those they have paid before. */
  hasPaid: string[];
}

const UNITED_STATES = { country: 'US', locale: 'en_US', timezone: -5 };

export const SEEDED_PEOPLE: SeededPerson[] = [
  {
    ...UNITED_STATES,
    psid: '2400000000000101',
    name: 'Dana Reyes',
    email: 'dana@example.com',
    platform: 'ios',
    balance: '250.00',
    vault: { paymentTokenId: 'dana0wallet0seed', customerId: 'customer_dana' },
    hasPaid: ['lee@example.com'],
  },
  {
    ...UNITED_STATES,
    psid: '2400000000000102',
    name: 'Lee Wong',
    email: 'lee@example.com',
    platform: 'web',
    balance: '40.00',
    vault: { paymentTokenId: 'lee00wallet0seed', customerId: 'customer_lee' },
    hasPaid: [],
  },
  {
    ...UNITED_STATES,
    psid: '2400000000000103',
    name: 'Kim Ito',
    email: 'kim@example.com',
    platform: 'android',
    balance: '100.00',
    hasPaid: [],
  },
];
