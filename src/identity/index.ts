export { blindIndexKey, identityKey, personKey } from './person-key';
export { capability, newId, sha256 } from './ids';
