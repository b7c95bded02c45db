import type { StepUpReason } from '../money/step-up';

/**
 * Everything the bot and the program can say, by key. Workflows emit a key and ids; what the words are is decided where
 * the message leaves, in the person's language, from facts read at that moment.
 */
export const TEXT_KEYS = [
  'greeting.introduction',
  'greeting.hello',
  'greeting.menu',
  'greeting.thanks',
  'greeting.not-understood',
  'greeting.not-text',
  'send.ask-amount',
  'send.ask-payee',
  'send.ask-which-payee',
  'send.payee-unknown',
  'send.payee-is-self',
  'send.amount-refused',
  'send.over-limit',
  'send.payee-unavailable',
  'send.not-available',
  'payment.confirm',
  'send.tap-to-confirm',
  'payment.change-what',
  'payment.started',
  'payment.state',
  'payment.paid-payer',
  'payment.unclaimed-payer',
  'payment.unclaimed-reminder',
  'payment.undoing',
  'payment.held',
  'payment.in-review',
  'payment.reversed',
  'payment.paid-payee',
  'payment.receipt',
  'payment.declined',
  'payment.refunded',
  'payment.with-operator',
  'payment.card-replaced',
  'payment.nothing-sent',
  'payment.cancelled',
  'payment.cancelled-consent',
  'payment.cancelled-unlinked',
  'payment.cancelled-card',
  'payment.cancelled-frozen',
  'payment.too-late-to-cancel',
  'payment.history',
  'payment.none-yet',
  'step-up.needed',
  'source.add-card',
  'source.added',
  'source.none-added',
  'source.remove-which',
  'source.removed',
  'source.is-paying',
  'source.is-default',
  'source.unchanged',
  'safety.frozen',
  'safety.is-frozen',
  'safety.unfrozen',
  'safety.nothing-to-freeze',
  'safety.blocked',
  'safety.unblocked',
  'safety.block-whom',
  'safety.not-blocked',
  'safety.block-several',
  'request.ask-amount',
  'request.ask-payers',
  'request.ask-which-payer',
  'request.payer-unknown',
  'request.amount-refused',
  'request.too-many-people',
  'request.too-many-open',
  'request.confirm',
  'request.tap-to-send',
  'request.none-asked',
  'request.asked',
  'request.card-void',
  'request.dropped',
  'request.status',
  'request.none-yet',
  'request.share',
  'request.share-declined-by-you',
  'request.share-over',
  'request.share-over-limit',
  'request.send-back-over-limit',
  'request.reminder',
  'request.reminded',
  'request.sent-back-already',
  'request.news',
  'request.expired',
  'request.expired-for-payer',
  'request.cancelled',
  'request.cancelled-for-payer',
  'cancel.what',
  'cancel.kept',
  'cancel.nothing',
  'cancel.left-queue',
  'cancel.dialogue',
  'link.offer',
  'link.needed-first',
  'link.already',
  'link.confirm-in-chat',
  'link.linked',
  'link.refused',
  'link.account-taken',
  'link.expired',
  'link.code-refused',
  'link.unlink-confirm',
  'link.kept',
  'link.unlinking',
  'link.unlinked',
  'link.none',
  'password.help',
  'password.worked',
  'password.offer-person',
  'handoff.queued',
  'handoff.still-waiting',
  'handoff.joined',
  'handoff.back-to-bot',
  'handoff.released',
] as const;

export type TextKey = (typeof TEXT_KEYS)[number];

/** The ids from which a text's facts are read when it leaves. */
export interface SayIds {
  paymentId?: string;
  requestId?: string;
  shareId?: string;
  /** A name as the person wrote it. */
  asWritten?: string;
  contactIds?: string[];
  /** Capability of a linking offer: whoever opens its address continues as this person. */
  linkOffer?: string;
  linkSessionId?: string;
  /** A one-time code that a tap brings back. */
  linkCode?: string;
  repId?: string;
  /** A fresh login that has to come first, and why a tap is not enough. */
  stepUpId?: string;
  stepUpReason?: StepUpReason;
  /** What was asked for, in minor units, before any payment exists. */
  amount?: { minor: number; currency: string };
}

/** One message to a person: what to say, and about what. */
export interface Say {
  key: TextKey;
  ids?: SayIds;
}
