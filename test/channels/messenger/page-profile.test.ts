import { createMessenger } from '../../../src/channels/messenger';
import type { RecordingServer } from './recording-server';
import { answer, startRecordingServer } from './recording-server';

let server: RecordingServer;
beforeEach(async () => {
  server = await startRecordingServer();
});
afterEach(() => server.close());

const PAGE = {
  greeting: 'Hi {{user_first_name}}, this is PayPal in Messenger.',
  startPayload: 'start',
  menu: [
    { title: 'Send', payload: 'menu:send' },
    { title: 'Help', payload: 'menu:help' },
  ],
};
const OURS = { pageId: '100', appId: '200', appSecret: 'app secret', pageToken: 'PAGE-TOKEN' };
const setUp = (page = PAGE) => createMessenger({ apiUrl: server.url, ...OURS }).setUpPage(page);
const written = () => server.calls.filter(({ method }) => method === 'POST');

test('a new page gets start button, greeting, menu and the subscription to our events', async () => {
  await setUp();
  const [profile, subscription] = written();
  expect(profile?.url).toBe('/v25.0/me/messenger_profile');
  expect(profile?.body).toMatchObject({
    get_started: { payload: 'start' },
    greeting: [{ locale: 'default', text: PAGE.greeting }],
    persistent_menu: [
      {
        locale: 'default',
        composer_input_disabled: false,
        call_to_actions: [
          { type: 'postback', title: 'Send', payload: 'menu:send' },
          { type: 'postback', title: 'Help', payload: 'menu:help' },
        ],
      },
    ],
  });
  expect(subscription?.url).toBe('/v25.0/100/subscribed_apps');
  expect(String(subscription?.body['subscribed_fields']).split(',')).toEqual(
    expect.arrayContaining(['messages', 'message_echoes', 'messaging_account_linking', 'standby']),
  );
});

test('what is set already is not written again, whatever Messenger has added to it', async () => {
  await setUp();
  const [profile, subscription] = written();
  const { appsecret_proof: _proof, ...set } = profile?.body ?? {};
  const fields = String(subscription?.body['subscribed_fields']).split(',');
  server.next(
    answer(200, { data: [{ ...set, persistent_menu_disabled_surfaces: [] }] }),
    answer(200, { data: [{ id: '200', name: 'Ours', subscribed_fields: [...fields, 'feed'] }] }),
  );
  await setUp();
  expect(written()).toHaveLength(2);
});

test('only what differs is written', async () => {
  await setUp();
  const { appsecret_proof: _proof, ...set } = written()[0]?.body ?? {};
  server.next(answer(200, { data: [set] }));
  await setUp({ ...PAGE, greeting: 'Hello' });
  expect(Object.keys(written()[2]?.body ?? {})).toEqual(['greeting', 'appsecret_proof']);
});

test('a greeting beyond its limit is refused before any call', async () => {
  await expect(setUp({ ...PAGE, greeting: 'x'.repeat(161) })).rejects.toMatchObject({ outcome: 'final' });
  expect(server.calls).toHaveLength(0);
});
