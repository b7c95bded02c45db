import type { Channel } from '../src/domain/chat/channel';
import type { Understanding } from '../src/domain/chat/understanding';
import type { WalletLinking } from '../src/domain/linking/identity-provider';
import type { Wallet } from '../src/domain/money/wallet';
import type { Store } from '../src/store';
import type { Gateway } from '../src/temporal/gateway';

/** Everything activities touch the world with. Given once, by the entry that composes the worker. */
export interface Dependencies {
  store: Store;
  gateway: Gateway;
  channel: Channel;
  wallet: Wallet & WalletLinking;
  understand(utterance: string): Understanding;
  log: ActivityLog;
  /** Where people reach our pages. */
  ownUrl: string;
  /** The provider's page on which a password is reset. */
  passwordResetUrl: string;
  /** A picture for every rep's persona; the channel asks for one. */
  personaPictureUrl: string;
  /** The time, in milliseconds since the epoch: the age of a provider's keys is judged by it. The real one by default. */
  now?: () => number;
  /** How long an attempt waits for the echo of a message whose answer was lost, in milliseconds. */
  echoWaitMs: number;
}

/** Fields are allow-listed where the log is written. */
export interface ActivityLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}
