import type { LogFields } from '../../observability';
import type { Store } from '../../store';
import type { Gateway } from '../../temporal/gateway/gateway';

/** What the desk works with. */
export interface DeskDependencies {
  store: Store;
  gateway: Gateway;
  log: (fields: LogFields) => void;
  /** The application's own origin: `http://127.0.0.1:3000`. */
  origin: string;
  /** Whether anybody on this machine may sign in under any name: only while nothing real is connected. */
  devLogin: boolean;
  /** The built page. */
  deskDirectory: string;
  now?: () => Date;
}
