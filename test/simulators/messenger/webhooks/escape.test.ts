import { readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeAsMeta } from '../../../../src/simulators/messenger/webhooks/escape';
import { signBody } from '../../../../src/simulators/messenger/webhooks/signature';

interface Vector {
  name: string;
  secret: string;
  plain_json?: string;
  raw_body: string;
  sha1: string;
  sha256: string;
  sha256_of_unescaped_must_differ?: string;
}

const vectors = JSON.parse(
  readFileSync(path.resolve('../shared/reference/messenger/api/signature-vectors.json'), 'utf8'),
) as Vector[];

describe('What a webhook looks like on the wire', () => {
  test.each(vectors.filter(({ plain_json }) => plain_json !== undefined))(
    'JSON is escaped as the platform does it: $name',
    ({ plain_json = '', raw_body }) => {
      expect(escapeAsMeta(plain_json)).toBe(raw_body);
      expect(JSON.parse(raw_body)).toEqual(JSON.parse(plain_json));
    },
  );

  test.each(vectors)('both signatures are over exactly these bytes: $name', ({ secret, raw_body, sha1, sha256 }) => {
    expect(signBody(Buffer.from(raw_body), secret)).toEqual({
      'x-hub-signature': `sha1=${sha1}`,
      'x-hub-signature-256': `sha256=${sha256}`,
    });
  });

  test.each(vectors.filter(({ plain_json }) => plain_json !== undefined))(
    'the unescaped body has another signature: $name',
    ({ secret, plain_json = '', sha256_of_unescaped_must_differ }) => {
      const unescaped = signBody(Buffer.from(plain_json), secret)['x-hub-signature-256'];
      expect(unescaped).toBe(`sha256=${sha256_of_unescaped_must_differ}`);
    },
  );
});
