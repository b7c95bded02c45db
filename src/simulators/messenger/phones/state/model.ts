/** What a person reads Messenger on. */
export type PhonePlatform = 'ios' | 'android' | 'web';

/** A person to be. */
export interface PersonView {
  readonly psid: string;
  readonly name: string;
  readonly platform: PhonePlatform;
  readonly country: string;
  readonly linked: boolean;
}

/** A button of a template. */
export interface ButtonView {
  readonly type: string;
  readonly title: string;
  readonly url?: string;
}

/** A message as the simulator shows it; `template` is as the application sent it. */
export interface MessageView {
  readonly mid: string;
  readonly from: 'person' | 'page';
  readonly text?: string;
  readonly attachment?: { readonly type: string; readonly url?: string };
  readonly template?: Readonly<Record<string, unknown>>;
  readonly quickReplies?: readonly { readonly title: string; readonly payload: string }[];
  readonly buttons?: readonly ButtonView[];
  readonly persona?: { readonly id: string; readonly name: string };
  readonly reaction?: string;
  readonly pageReaction?: string;
  readonly unsent?: boolean;
  readonly at: string;
  readonly deliveredAt?: string;
  readonly readAt?: string;
}

/** Who types, as long as somebody does. */
export interface TypingView {
  readonly name?: string;
}

/** Everything one phone shows. */
export interface PhoneView {
  readonly person: PersonView;
  /** Name of the page the person talks to. */
  readonly page: string;
  readonly messages: readonly MessageView[];
  readonly typing: TypingView | null;
  /** Titles of the persistent menu; empty until the application has set one. */
  readonly menu: readonly string[];
  readonly greeting?: string;
  readonly getStarted: boolean;
}

/** One HTTP exchange behind a message. */
export interface ExchangeView {
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly requestBody: string;
  readonly status: number | null;
  readonly responseBody?: string;
  readonly tookMs?: number;
}

/** What the stream tells. */
export type StreamEvent =
  | { readonly type: 'message'; readonly psid: string; readonly message: MessageView }
  | { readonly type: 'person'; readonly person: PersonView }
  | { readonly type: 'typing'; readonly psid: string; readonly by: TypingView | null }
  | { readonly type: 'profile' };
