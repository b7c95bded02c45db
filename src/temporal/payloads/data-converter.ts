import type { DataConverter } from '@temporalio/common';
import type { KeyRing } from '../../keys';
import { EncryptionCodec } from './payload-codec';

/** For clients, workers, bundles and replays alike; the sandbox loads it by this path. */
export const FAILURE_CONVERTER_PATH = require.resolve('./failure-converter');

/** The same one belongs into every client and worker of a namespace, or one cannot read what the other wrote. */
export function createDataConverter(ring: KeyRing, namespace: string): DataConverter {
  return { payloadCodecs: [new EncryptionCodec(ring, namespace)], failureConverterPath: FAILURE_CONVERTER_PATH };
}
