export { Unreadable } from './aes-gcm';
export { DataKey } from './data-key';
export { KeyRing, parseKeyRing, UnknownKey, WrongKeyRing } from './ring';
export type { RingKey } from './ring';
export { openWith, sealWith } from './sealing';
