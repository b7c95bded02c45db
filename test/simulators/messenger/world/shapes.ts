/** A message as the thread of a person shows it. */
export interface ThreadMessage {
  readonly mid: string;
  readonly from: 'person' | 'page';
  readonly text?: string;
  readonly template?: Record<string, unknown>;
  readonly attachment?: { readonly type: string; readonly url: string };
  readonly quickReplies?: { readonly title: string; readonly payload: string }[];
  readonly buttons?: {
    readonly type: string;
    readonly title: string;
    readonly url?: string;
    readonly payload?: string;
  }[];
  readonly persona?: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly deliveredAt?: string;
  readonly readAt?: string;
}

/** Everything an answer may hold; a test reads what it expects to be there. */
export interface AnswerBody {
  readonly psid: string;
  readonly mid: string;
  readonly url: string;
  readonly userAgent: string;
  readonly id: string;
  readonly recipient: string;
  readonly recipient_id: string;
  readonly message_id: string;
  readonly attachment_id: string;
  readonly status: number;
  readonly data: Record<string, unknown>[];
  readonly messages: ThreadMessage[];
  readonly people: { readonly psid: string; readonly name: string }[];
  readonly menu: string[];
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly code: number;
    readonly error_subcode?: number;
    readonly fbtrace_id: string;
  };
}

/** Everything a webhook's event may hold. */
export interface WebhookEvent {
  readonly sender: { readonly id: string };
  readonly recipient: { readonly id: string };
  readonly timestamp: number;
  readonly message?: {
    readonly mid: string;
    readonly text?: string;
    readonly is_echo?: true;
    readonly is_deleted?: true;
    readonly app_id?: number;
    readonly metadata?: string;
    readonly quick_reply?: { readonly payload: string };
    readonly attachments?: unknown[];
  };
  readonly postback?: { readonly mid: string; readonly title: string; readonly payload?: string };
  readonly delivery?: { readonly mids: string[]; readonly watermark: number };
  readonly read?: { readonly watermark: number };
  readonly reaction?: Record<string, string>;
  readonly account_linking?: { readonly status: string; readonly authorization_code?: string };
  readonly take_thread_control?: Record<string, unknown>;
  readonly pass_thread_control?: Record<string, unknown>;
  readonly referral?: Record<string, unknown>;
  readonly optin?: Record<string, unknown>;
}

/** The kinds of event a test may wait for; an echo is told apart from a message. */
export type EventKind = Exclude<keyof WebhookEvent, 'sender' | 'recipient' | 'timestamp'> | 'echo';
