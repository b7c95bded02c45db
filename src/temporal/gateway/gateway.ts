import type { Payout } from '../../domain/money/wallet';
import type { WalletEvent } from '../../domain/money/wallet-events';
import type { FailureType } from '../../domain/failures';
import type { Owner } from '../../domain/handoff/owner';
import type { AccountLinkInput } from '../../../workflows/messages/account-link';
import type {
  ConversationEvent,
  ConversationInput,
  ConversationView,
  NoteAction,
  RepAction,
  ReplyAction,
  ResolveAction,
  SnoozeAction,
  TransferAction,
} from '../../../workflows/messages/conversation';
import type { MoneyRequestInput, ShareNews } from '../../../workflows/messages/money-request';
import type { AftercareInput, AftercareNews } from '../../../workflows/messages/aftercare';
import type { PaymentInput, PaymentStatus, Verdict, Wish } from '../../../workflows/messages/payment';
import type { StepUpAnswer, StepUpInput } from '../../../workflows/messages/step-up';

/** A rep's action by its name at the desk, with what it carries. */
export interface RepActions {
  claim: RepAction;
  reply: ReplyAction;
  note: NoteAction;
  transfer: TransferAction;
  release: RepAction;
  snooze: SnoozeAction;
  resolve: ResolveAction;
  returnToBot: RepAction;
}

/** What can be wished of a running payment. */
export type PaymentWish = 'cancel' | 'hold' | 'release' | 'drain';

/** The workflow refused: nothing was done, and asking again is judged anew. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly code: FailureType,
    readonly owner?: Owner,
  ) {
    super(code);
  }
}

/** Temporal could not be reached, so nothing was accepted; the caller may try again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Accepted or not, nobody knows: the answer did not arrive in time. The same action id may be sent again. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * The only place that starts, signals, updates or completes. Every method throws {@link Unavailable} when Temporal does
 * not answer, and resolves only once Temporal has made the request durable.
 */
export interface Gateway {
  /** Hands an event to the person's conversation, starting it where none runs. Durable without any worker. */
  tell(conversation: ConversationInput, event: ConversationEvent): Promise<void>;
  /**
   * Does a rep's action. @throws {@link Refused} with the owner at that moment; {@link NoAnswer} when the worker did not
   * answer within {@link ACTION_ANSWER_MS}.
   */
  act<Name extends keyof RepActions>(
    conversationId: string,
    name: Name,
    action: RepActions[Name],
  ): Promise<ConversationView>;
  /** Starts a payment once: a second start of the same id, running or finished, is `existing`. */
  startPayment(input: PaymentInput): Promise<'started' | 'existing'>;
  /** Tells a payment what the provider said. `not-running` when it has ended. */
  tellPayment(paymentId: string, event: WalletEvent): Promise<'told' | 'not-running'>;
  /** Completes the payout a payment waits for. `not-waiting` when the event came too early or too late. */
  completePayout(workflowId: string, activityId: string, payout: Payout): Promise<'completed' | 'not-waiting'>;
  /**
   * Brings somebody's wish to a running payment; gives where the payment stands. @throws {@link Refused} `closed` where
   * it is no longer possible
   */
  askPayment(paymentId: string, what: PaymentWish, wish: Wish): Promise<PaymentStatus>;
  /** Tells whatever looks after a finished payment, or a difference in the books, starting it where nothing does. */
  tellAftercare(input: AftercareInput, news: AftercareNews): Promise<void>;
  /** Whether a workflow looks after the payment at this moment: its own, or its aftercare. */
  isLookedAfter(paymentId: string): Promise<boolean>;
  /**
   * Brings an operator's verdict to a payment, or its aftercare, that waits for one. @throws {@link Refused} `closed`
   * where neither does
   */
  settlePayment(paymentId: string, verdict: Verdict): Promise<PaymentStatus>;
  startAccountLink(input: AccountLinkInput): Promise<'started' | 'existing'>;
  tellAccountLink(
    sessionId: string,
    message:
      { kind: 'linked' } | { kind: 'abort'; why: 'not-me' | 'cancelled' } | { kind: 'confirm-in-chat'; code: string },
  ): Promise<'told' | 'not-running'>;
  startMoneyRequest(input: MoneyRequestInput): Promise<'started' | 'existing'>;
  tellMoneyRequest(
    requestId: string,
    message: { kind: 'share'; news: ShareNews } | { kind: 'remind' } | { kind: 'cancel' },
  ): Promise<'told' | 'not-running'>;
  /** Starts the run of a fresh login, once per login page. */
  startStepUp(input: StepUpInput): Promise<'started' | 'existing'>;
  /**
   * Brings the press on the page of a fresh login. @throws {@link Refused} `closed` when it is over or nobody has logged
   * in; {@link NoAnswer} when it may have been done
   */
  decideStepUp(stepUpId: string, choice: 'approve' | 'cancel'): Promise<StepUpAnswer>;
  /** Whether Temporal answers and a worker polls both queues. */
  ready(): Promise<{ temporal: boolean; workers: boolean }>;
}

/** How long a rep's press waits for its answer: longer than one message takes to send, shorter than patience. */
export const ACTION_ANSWER_MS = 12_000;
