/** An address that wants to hear of events. */
export interface Listener {
  id: string;
  url: string;
  /** Event names; `*` alone stands for all. */
  events: string[];
}

/** The way of one event to one listener. */
export interface Transmission {
  listenerId: string;
  /** What PAYPAL-TRANSMISSION-ID and -TIME say: a repeat carries those of the first attempt. */
  id: string;
  time: string;
  status: 'PENDING' | 'SUCCESS' | 'FAILURE';
  attempts: number;
  /** When to try next, simulated milliseconds. */
  nextAt: number;
}

export interface WebhookEvent {
  id: string;
  type: string;
  /** Id of what it is about, for the search by transaction. */
  about: string;
  createdAt: number;
  /** The bytes that are signed and sent. */
  body: string;
  transmissions: Transmission[];
}

/** The simulator's own certificate authority and the leaf that signs, in PEM. */
export interface Certificates {
  caCertificate: string;
  certificate: string;
  privateKey: string;
  /** Last part of the certificate's address. */
  name: string;
  /** When the leaf ends, real milliseconds since the epoch. */
  notAfter: number;
}
