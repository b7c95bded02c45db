import type { Money } from '../money/amounts';

/** What a person can want from the bot. */
export const INTENTS = [
  'send_money',
  'request_money',
  'split_bill',
  'decline_request',
  'link_account',
  'unlink_account',
  'freeze_account',
  'block_person',
  'unblock_person',
  'add_card',
  'remove_card',
  'change_default',
  'password_reset',
  'transaction_status',
  'transaction_history',
  'talk_to_human',
  'cancel',
  'help',
  'greeting',
  'thanks_bye',
  'out_of_scope',
] as const;
export type Intent = (typeof INTENTS)[number];

/** What an utterance says, beside what it wants. Names and notes as written. */
export interface Slots {
  amount?: Money;
  /** An amount was named that nobody can send: nothing, negative, or finer than the currency. */
  amountRefused?: boolean;
  payee?: string;
  /** Who is to be blocked, or no longer. */
  person?: string;
  /** The people that money is asked of, where several or "from" somebody are named. */
  payers?: string[];
  /** "Each" of them shall pay the amount, rather than all together. */
  each?: boolean;
  /** "Without me": a total is divided among the others alone. */
  withoutSelf?: boolean;
  note?: string;
  /** The utterance says yes or no to whatever was asked before it, or that it may go ahead ("ok", "do it"). */
  answer?: 'yes' | 'no' | 'go-ahead';
}

/** A reading of one utterance. */
export interface Understanding {
  intent: Intent;
  /** From 0 to 1; below {@link SURE_ENOUGH} the intent is a guess that nothing may be done on. */
  confidence: number;
  slots: Slots;
}

/** Acting on a wrong guess annoys more than asking back; money is confirmed by a tap in any case. */
export const SURE_ENOUGH = 0.5;
