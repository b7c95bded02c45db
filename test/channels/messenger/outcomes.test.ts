import { createMessenger } from '../../../src/channels/messenger';
import type { Outcome, ProviderFailure, Reason, Scope } from '../../../src/domain/outcomes';
import type { Reaction, RecordingServer } from './recording-server';
import { answer, refuse, startRecordingServer } from './recording-server';
import { describeWithReference, referenceJson } from './reference';

let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(() => server.close());

const messenger = () =>
  createMessenger({ apiUrl: server.url, pageId: '100', appId: '200', appSecret: 's', pageToken: 'PAGE-TOKEN' });

/** How a send fails that is answered like this. */
async function failureOf(reaction: Reaction): Promise<ProviderFailure> {
  server.next(reaction);
  return messenger()
    .send({ to: '55', card: { kind: 'text', text: 'Hello' }, rule: 'response', metadata: '1' })
    .then(
      () => {
        throw new Error('the send succeeded');
      },
      (error: ProviderFailure) => error,
    );
}

const TABLE: [string, Outcome, Reason, Scope][] = [
  ['1/99', 'unknown', 'unavailable', 'message'],
  ['1/1357046', 'unknown', 'unavailable', 'message'],
  ['2', 'retry', 'unavailable', 'message'],
  ['2/2018344', 'retry', 'unavailable', 'message'],
  ['1200', 'retry', 'unavailable', 'message'],
  ['4', 'wait-long', 'rate-limited', 'page'],
  ['4/2018354', 'wait-long', 'rate-limited', 'person'],
  ['4/2018022', 'final', 'invalid-request', 'message'],
  ['613', 'wait-long', 'rate-limited', 'page'],
  ['80006', 'wait-long', 'rate-limited', 'page'],
  ['10', 'wait-long', 'not-authorized', 'page'],
  ['10/2018278', 'needs-person', 'window-closed', 'person'],
  ['10/2018065', 'needs-person', 'window-closed', 'person'],
  ['10/2018108', 'final', 'person-unreachable', 'person'],
  ['10/2018300', 'wait-long', 'thread-controlled-elsewhere', 'person'],
  ['10/1893063', 'wait-long', 'account-restricted', 'page'],
  ['100', 'final', 'invalid-request', 'message'],
  ['100/2018001', 'final', 'not-found', 'person'],
  ['100/2018109', 'final', 'invalid-request', 'message'],
  ['100/2018034', 'final', 'invalid-request', 'message'],
  ['194', 'final', 'invalid-request', 'message'],
  ['190', 'wait-long', 'not-authorized', 'page'],
  ['200/1545041', 'final', 'person-unreachable', 'person'],
  ['200/2018028', 'wait-long', 'not-authorized', 'page'],
  ['230', 'wait-long', 'not-authorized', 'page'],
  ['368', 'wait-long', 'account-restricted', 'page'],
  ['551', 'final', 'person-unreachable', 'person'],
  ['551/1545041', 'final', 'person-unreachable', 'person'],
  ['2022', 'wait-long', 'account-restricted', 'page'],
  ['10900', 'final', 'refused', 'message'],
  ['10903', 'final', 'refused', 'message'],
  ['10904', 'wait-long', 'account-restricted', 'page'],
  ['10303', 'final', 'invalid-request', 'message'],
  ['2018218', 'final', 'not-found', 'person'],
  ['777777', 'final', 'refused', 'message'],
];

describe('what Meta’s codes mean', () => {
  test.each(TABLE)('%s is %s, %s, and concerns the %s', async (providerCode, outcome, reason, scope) => {
    const [code, error_subcode] = providerCode.split('/').map(Number);
    const failure = await failureOf(refuse(400, { message: 'x', code, error_subcode, fbtrace_id: 'D2kxCybrKVw' }));
    expect(failure).toMatchObject({ outcome, reason, detail: { providerCode, scope, debugId: 'D2kxCybrKVw' } });
  });

  test('an unlisted code that Meta calls transient is tried again', async () => {
    const failure = await failureOf(refuse(400, { code: 777_777, is_transient: true }));
    expect(failure).toMatchObject({ outcome: 'retry', reason: 'unavailable' });
  });

  test('an error in an answer of success is an error', async () => {
    expect(await failureOf(refuse(200, { code: 190 }))).toMatchObject({ reason: 'not-authorized' });
  });

  test.each<[number, Outcome, Reason]>([
    [302, 'wait-long', 'unavailable'],
    [401, 'wait-long', 'not-authorized'],
    [404, 'wait-long', 'unavailable'],
    [408, 'unknown', 'unavailable'],
    [413, 'final', 'invalid-request'],
    [429, 'wait-long', 'rate-limited'],
    [500, 'unknown', 'unavailable'],
    [502, 'unknown', 'unavailable'],
    [504, 'unknown', 'unavailable'],
  ])('HTTP %i without Meta’s own words is %s, %s', async (status, outcome, reason) => {
    const failure = await failureOf(answer(status, '<html>nginx</html>', { location: 'http://127.0.0.1:1/' }));
    expect(failure).toMatchObject({ outcome, reason, detail: { providerCode: `HTTP ${status}` } });
  });

  test.each([
    ['no JSON', 'OK'],
    ['no message id', {}],
    ['a list', []],
  ])('an answer of success with %s leaves open whether it was sent', async (_what, body) => {
    expect(await failureOf(answer(200, body))).toMatchObject({ outcome: 'unknown', reason: 'unavailable' });
  });

  test('a rate limit says when calls are taken again, the longest of the page’s limits', async () => {
    const usage = {
      '100': [
        { type: 'messenger', call_count: 100, estimated_time_to_regain_access: 3 },
        { type: 'pages', call_count: 100, estimated_time_to_regain_access: 7 },
      ],
    };
    const header = { 'x-business-use-case-usage': JSON.stringify(usage) };
    expect((await failureOf(refuse(400, { code: 613 }, header))).detail.retryAfterMs).toBe(7 * 60_000);
    expect((await failureOf(refuse(429, {}, { 'retry-after': '30' }))).detail.retryAfterMs).toBe(30_000);
    expect((await failureOf(refuse(400, { code: 613 }))).detail).not.toHaveProperty('retryAfterMs');
    expect((await failureOf(refuse(400, { code: 551 }, header))).detail).not.toHaveProperty('retryAfterMs');
  });

  test('a page whose messages are refused for a while is tried again after half an hour', async () => {
    const failure = await failureOf(refuse(403, { code: 10, error_subcode: 1_893_063 }));
    expect(failure.detail.retryAfterMs).toBe(30 * 60_000);
  });

  test('a failure shows neither token nor text nor what Meta wrote', async () => {
    const failure = await failureOf(refuse(400, { code: 190, message: 'token PAGE-TOKEN of 55' }));
    const shown = `${failure.message} ${JSON.stringify(failure.detail)} ${failure.stack}`;
    for (const secret of ['PAGE-TOKEN', 'Hello']) expect(shown).not.toContain(secret);
  });
});

describeWithReference('recorded errors', () => {
  interface Recorded {
    error: { code: number; error_subcode?: number; fbtrace_id: string };
  }
  const DEFINED: Record<string, [Outcome, Reason]> = {
    '1200': ['retry', 'unavailable'],
    '613': ['wait-long', 'rate-limited'],
    '100': ['final', 'invalid-request'],
    '100/2018001': ['final', 'not-found'],
    '190': ['wait-long', 'not-authorized'],
    '190/1234567': ['wait-long', 'not-authorized'],
    '10/2018065': ['needs-person', 'window-closed'],
    '10/2018108': ['final', 'person-unreachable'],
    '200/1545041': ['final', 'person-unreachable'],
    '230': ['wait-long', 'not-authorized'],
    '200/2018028': ['wait-long', 'not-authorized'],
    '200/2018027': ['final', 'invalid-request'],
    '200/2018021': ['final', 'invalid-request'],
    '10303': ['final', 'invalid-request'],
    '194': ['final', 'invalid-request'],
  };
  const BROKEN = ['2018034', '2018015', '2018053', '2018040', '2018041', '2018035', '2018098', '2018099'];
  for (const subcode of BROKEN) DEFINED[`100/${subcode}`] = ['final', 'invalid-request'];

  test('every recorded error body has its defined outcome and keeps Meta’s trace id', async () => {
    const recorded = referenceJson<Recorded[]>('api/send-api-errors.json');
    expect(recorded).toHaveLength(34);
    for (const { error } of recorded) {
      const failure = await failureOf(refuse(400, error));
      const [outcome, reason] = DEFINED[failure.detail.providerCode] ?? [];
      expect(failure).toMatchObject({ outcome, reason, detail: { debugId: error.fbtrace_id } });
    }
  });
});
