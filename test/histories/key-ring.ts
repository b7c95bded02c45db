import { KeyRing } from '../../src/keys';

/**
 * Encrypts the recorded histories, which hold made-up people only, and nothing else anywhere. It is here so that
 * everybody can replay them: whoever runs the application has keys of their own.
 */
export const RECORDING_KEYS = new KeyRing([
  { id: 'recorded-1', key: Buffer.from('made-up key, for recordings only', 'utf8') },
]);
