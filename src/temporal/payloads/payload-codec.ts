import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { KeyRing } from '../../keys';
import { openWith, sealWith } from '../../keys';

/** How an encrypted payload names its encoding and its key, in the clear, so that every reader can tell. */
const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';

const { Payload: PayloadMessage } = temporal.api.common.v1;

/**
 * Encrypts every payload before it leaves for Temporal: inputs, results, signals, updates, summaries, and with the data
 * converter of this room the messages and stacks of failures. A payload is bound to its namespace and key: moved into
 * another namespace, it does not open.
 */
export class EncryptionCodec implements PayloadCodec {
  constructor(
    private readonly ring: KeyRing,
    private readonly namespace: string,
  ) {}

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.seal(payload));
  }

  /**
   * Payloads in another encoding pass through: some were never encrypted, such as those of the server itself.
   * @throws UnknownKey naming a key that the ring no longer has; Unreadable for what was changed or moved here.
   */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => (textOf(payload, 'encoding') === ENCODING ? this.open(payload) : payload));
  }

  /** The whole payload is encrypted, metadata included: a payload of `undefined` has no data, only metadata. */
  private seal(payload: Payload): Payload {
    const keyId = this.ring.current.id;
    return {
      metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(keyId) },
      data: sealWith(this.ring, Buffer.from(PayloadMessage.encode(payload).finish()), this.boundTo(keyId)),
    };
  }

  private open(payload: Payload): Payload {
    const keyId = textOf(payload, KEY_ID);
    const sealed = Buffer.from(payload.data ?? new Uint8Array());
    return PayloadMessage.decode(openWith(this.ring, sealed, this.boundTo(keyId)));
  }

  private boundTo(keyId: string): string {
    return `temporal-payload|${this.namespace}|${keyId}`;
  }
}

function textOf(payload: Payload, name: string): string {
  return Buffer.from(payload.metadata?.[name] ?? new Uint8Array()).toString('utf8');
}
