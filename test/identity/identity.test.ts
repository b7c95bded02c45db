import { blindIndexKey, capability, identityKey, newId, personKey, sha256 } from '../../src/identity';

const KEY = identityKey('an identity key of a test, 32 chars long');

describe('person keys', () => {
  test('the same key, page and address always give the same name, because workflow ids and rows carry it for ever', () => {
    expect(personKey(KEY, '1234567890', '9876543210')).toBe('6a3c506806d92ca7880b00af1de0624b');
  });

  test('another page, another address or another identity key give another name', () => {
    const names = new Set([
      personKey(KEY, '1', '2'),
      personKey(KEY, '2', '1'),
      personKey(KEY, '12', ''),
      personKey(KEY, '', '12'),
      personKey(identityKey('another identity key, also 32 long'), '1', '2'),
    ]);
    expect(names.size).toBe(5);
  });

  test('the address cannot be read out of the name', () => {
    expect(personKey(KEY, '1234567890', '9876543210')).not.toContain('98765');
    expect(personKey(KEY, '1234567890', '9876543210')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the key of blind indexes', () => {
  test('stays the same for ever, or no stored e-mail address would be found again', () => {
    expect(blindIndexKey(KEY).toString('hex')).toBe('3a438a8cfa3d93eb228a51b9bf708a0048afe785bb44a13b729c6c3f712e755f');
  });
});

describe('ids and capabilities', () => {
  test('a capability carries 128 bits and fits into a URL', () => {
    expect(Buffer.from(capability(), 'base64url')).toHaveLength(16);
    expect(encodeURIComponent(capability())).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  test('no two ids and no two capabilities are alike', () => {
    const made = new Set(Array.from({ length: 2_000 }, (_, index) => (index % 2 ? newId() : capability())));
    expect(made.size).toBe(2_000);
  });

  test('a capability is stored as its SHA-256, of the text as UTF-8', () => {
    expect(sha256('päper').toString('hex')).toBe('1bb47e063266cb384610932907650663e0be6367d154b3c35e10939e08c4a965');
  });
});
