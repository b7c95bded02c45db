export { blindIndexKey, identityKey, personKey } from './person-key';
export { capability, messageIdOf, newId, sha256 } from './ids';
