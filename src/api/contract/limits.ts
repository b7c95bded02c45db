/** Longest text of a reply or note, in UTF-16 units: what the Messenger channel takes in one message. */
export const REPLY_MAX = 2_000;

/** Longest reason for a transfer or a resolve: one line that colleagues read later. */
export const REASON_MAX = 200;

/** Longest name of a rep: what a customer sees beside a message (Messenger personas end at 50). */
export const NAME_MAX = 50;
