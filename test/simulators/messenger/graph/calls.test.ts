import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { APP_SECRET, call, PAGE_ID, PAGE_TOKEN, startWorld } from '../world/world';
import type { World } from '../world/world';

interface Recorded {
  exchanges: { name: string; request_body: string; headers: Record<string, string>; body: string }[];
}

const recorded = JSON.parse(
  readFileSync(path.resolve('../shared/reference/messenger/api/meta-postman-recorded.json'), 'utf8'),
) as Recorded;

describe('Calls of the Graph API', () => {
  let world: World;
  let psid: string;
  beforeAll(async () => {
    world = await startWorld();
    psid = await world.talkingPerson();
  });
  afterAll(() => world.close());

  const hello = (): object => ({ recipient: { id: psid }, message: { text: 'hello' } });

  test.each([
    ['/v25.0/me/messages'],
    ['/v20.0/me/messages'],
    ['/me/messages'],
    [`/v25.0/${PAGE_ID}/messages`],
    [`/${PAGE_ID}/messages`],
  ])('%s is where messages are sent', async (where) => {
    const { status, body } = await world.graph('POST', where, hello());
    expect(status).toBe(200);
    expect(body.recipient_id).toBe(psid);
  });

  test('the token may be in the query, in the body or in a header', async () => {
    const url = `${world.url}/v25.0/me/messages`;
    const answers = await Promise.all([
      call('POST', `${url}?access_token=${PAGE_TOKEN}`, hello()),
      call('POST', url, { ...hello(), access_token: PAGE_TOKEN }),
      call('POST', url, hello(), { authorization: `Bearer ${PAGE_TOKEN}` }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('form fields and query fields may hold JSON text', async () => {
    const url = `${world.url}/v25.0/me/messages?access_token=${PAGE_TOKEN}`;
    const fields = {
      recipient: JSON.stringify({ id: psid }),
      messaging_type: 'RESPONSE',
      message: '{"text":"from a form"}',
    };
    expect((await call('POST', url, new URLSearchParams(fields))).status).toBe(200);
    const query = new URLSearchParams({ recipient: `{'id':'${psid}'}`, message: `{'text':'from a query'}` });
    expect((await call('POST', `${url}&${query}`)).status).toBe(200);
    expect((await world.thread(psid)).slice(-2).map(({ text }) => text)).toEqual(['from a form', 'from a query']);
  });

  test('no token, a wrong token and a wrong proof are refused', async () => {
    const url = `${world.url}/v25.0/me/messages`;
    const proof = createHmac('sha256', APP_SECRET).update(PAGE_TOKEN).digest('hex');
    const withProof = (given: string): string => `${url}?access_token=${PAGE_TOKEN}&appsecret_proof=${given}`;
    expect((await call('POST', url, hello())).body.error).toMatchObject({ code: 2500, type: 'OAuthException' });
    expect((await call('POST', `${url}?access_token=wrong`, hello())).body.error).toMatchObject({
      code: 190,
      message: 'Invalid OAuth access token.',
    });
    expect((await call('POST', withProof('00'), hello())).body.error).toMatchObject({ code: 100 });
    expect((await call('POST', withProof(proof), hello())).status).toBe(200);
  });

  test('a page that is not the token’s own and a path that is none are refused', async () => {
    expect((await world.graph('POST', '/v25.0/999999/messages', hello())).body.error).toMatchObject({
      code: 100,
      error_subcode: 33,
      type: 'GraphMethodException',
    });
    expect((await world.graph('POST', '/v25.0/me/nonsense', {})).body.error.message).toBe(
      'Unknown path components: /me/nonsense',
    );
  });

  test('a body that is not JSON is an invalid parameter', async () => {
    const headers = { authorization: `Bearer ${PAGE_TOKEN}`, 'content-type': 'application/json' };
    const answer = await fetch(`${world.url}/v25.0/me/messages`, { method: 'POST', headers, body: '{"recipient":' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 100, type: 'OAuthException' } });
  });

  test.each(recorded.exchanges)(
    'a recorded call is answered as it was: $name',
    async ({ request_body, headers, body }) => {
      const upload = await world.graph('POST', '/v20.0/me/message_attachments', {
        message: { attachment: { type: 'image', payload: { url: 'https://example.com/a.png', is_reusable: true } } },
      });
      const sent = request_body
        .replace('{{page-scoped-id}}', psid)
        .replace('1601472827243653', upload.body.attachment_id);
      const where = request_body.includes('recipient') ? 'messages' : 'message_attachments';
      const answer = await world.graph('POST', `/v20.0/${PAGE_ID}/${where}`, JSON.parse(sent));
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body)).toEqual(Object.keys(JSON.parse(body) as object));
      const meta = [
        'x-business-use-case-usage',
        'facebook-api-version',
        'x-fb-trace-id',
        'x-fb-request-id',
        'x-fb-rev',
      ];
      for (const name of meta) expect(answer.headers.has(name)).toBe(true);
      for (const name of ['Content-Type', 'Cache-Control', 'Expires', 'Pragma', 'facebook-api-version']) {
        expect(answer.headers.get(name)).toBe(headers[name]);
      }
      const usage = JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '') as object;
      expect(usage).toEqual({
        [PAGE_ID]: [
          { type: 'messenger', call_count: 1, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: 0 },
        ],
      });
    },
  );
});
