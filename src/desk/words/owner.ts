import type { Owner } from '../../api/contract/vocabulary';

/** Who has a conversation, always in words. */
export function ownerWords({ kind, rep }: Owner, myId: string | undefined): string {
  if (kind === 'bot') return 'Bot';
  if (kind === 'queue') return 'Waiting for a person';
  if (kind === 'none') return 'Closed';
  return rep && rep.id === myId ? 'Yours' : `${rep?.name ?? 'A rep'}'s`;
}

const REASONS: Partial<Record<string, string>> = {
  'asked-for-a-person': 'Asked for a person',
  'password-not-solved': 'Password still does not work',
  'payment-problem': 'Trouble with a payment',
  'not-understood': 'The bot did not understand',
  transferred: 'Handed over by a colleague',
};

/** Why a person is needed. A code that is new here is shown as it is. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? reason;
}

const INTENTS: Partial<Record<string, string>> = {
  send: 'Sending money',
  confirm: 'Confirming a payment',
  password: 'Forgotten password',
  'cancel-what': 'Cancelling something',
};

/** What the bot was doing. */
export function intentWords(intent: string): string {
  return INTENTS[intent] ?? intent;
}
