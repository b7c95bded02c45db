import { defineSignal } from '@temporalio/workflow';

/** Workflow type: from the login at the wallet's provider until the link is bound, refused or expired. */
export const ACCOUNT_LINK = 'accountLink';

export interface AccountLinkInput {
  sessionId: string;
  personKey: string;
  /** The one-time code of the login. Short-lived, and encrypted with the rest of the input. */
  login: { code: string; redirectUri: string };
  /** Where the provider sends the browser back to after the approval. */
  approval: { returnUrl: string; cancelUrl: string };
}

export type AccountLinkEnd = 'linked' | 'refused' | 'abandoned' | 'expired';

export interface AccountLinkResult {
  end: AccountLinkEnd;
}

/** The channel proved that the person of this session holds the code. */
export const linkedSignal = defineSignal<[]>('linked');
/** The person pressed **Not me**, or the provider's cancel. */
export const abortSignal = defineSignal<[{ why: 'not-me' | 'cancelled' }]>('abort');
/** On the web no channel brings the code, so the chat has to ask. */
export const confirmInChatSignal = defineSignal<[{ code: string }]>('confirmInChat');

export function accountLinkId(sessionId: string): string {
  return `account-link/${sessionId}`;
}
