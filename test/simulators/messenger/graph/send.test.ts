import { startWorld } from '../world/world';
import { APP_ID, eventually, PAGE_ID } from '../world/world';
import type { World } from '../world/world';

describe('Sending', () => {
  let world: World;
  let psid: string;
  beforeEach(async () => {
    world = await startWorld();
    psid = await world.talkingPerson();
  });
  afterEach(() => world.close());

  test('the same call twice is two messages: there is no idempotency', async () => {
    const [one, other] = [await world.send(psid, { text: 'once' }), await world.send(psid, { text: 'once' })];
    expect(one.body.message_id).not.toBe(other.body.message_id);
    expect((await world.thread(psid)).filter(({ text }) => text === 'once')).toHaveLength(2);
  });

  test('what the application sends comes back to it as an echo, then as delivered', async () => {
    const { message_id } = (await world.send(psid, { text: 'hi', metadata: 'outbox-7' })).body;
    const [echo] = await world.heard('echo', psid);
    expect(echo).toEqual({
      sender: { id: PAGE_ID },
      recipient: { id: psid },
      timestamp: expect.any(Number),
      message: { mid: message_id, is_echo: true, text: 'hi', app_id: Number(APP_ID), metadata: 'outbox-7' },
    });
    const [delivered] = await world.heard('delivery', psid);
    expect(delivered).toMatchObject({
      sender: { id: psid },
      delivery: { mids: [message_id], watermark: echo?.timestamp },
    });
  });

  test('messages that arrive together are reported as delivered together', async () => {
    const mids = [];
    for (const text of ['one', 'two', 'three']) mids.push((await world.send(psid, { text })).body.message_id);
    const reports = await world.heard('delivery', psid);
    expect(reports.flatMap(({ delivery }) => delivery?.mids)).toEqual(mids);
  });

  test('it is read when the person looks, and by itself on a phone that lies open', async () => {
    await world.send(psid, { text: 'hi' });
    await world.heard('delivery', psid);
    expect((await world.thread(psid)).at(-1)).not.toHaveProperty('readAt');
    await world.sim('POST', `people/${psid}/read`);
    const [read] = await world.heard('read', psid);
    const last = (await world.thread(psid)).at(-1);
    expect(read?.read?.watermark).toBe(Date.parse(last?.at ?? ''));
    expect(last).toHaveProperty('readAt');
  });

  test('a person sees text, quick replies, templates and who speaks', async () => {
    const { id } = (await world.graph('POST', '/v25.0/me/personas', { name: 'Ana' })).body;
    const quick_replies = [{ content_type: 'text', title: 'Red', payload: 'RED' }];
    await world.send(psid, { text: 'Pick one', quick_replies }, { persona_id: id });
    const elements = [
      { title: 'First', subtitle: 'one', buttons: [{ type: 'postback', title: 'Take', payload: '1' }] },
      { title: 'Second', subtitle: 'two', buttons: [{ type: 'account_link', url: 'https://example.com/link' }] },
    ];
    await world.send(psid, { attachment: { type: 'template', payload: { template_type: 'generic', elements } } });
    const [words, cards] = (await world.thread(psid)).slice(-2);
    expect(words).toMatchObject({
      from: 'page',
      text: 'Pick one',
      quickReplies: [{ title: 'Red', payload: 'RED' }],
      persona: { id, name: 'Ana' },
    });
    expect(cards).toMatchObject({
      template: { template_type: 'generic', elements },
      buttons: [
        { type: 'postback', title: 'Take', payload: '1' },
        { type: 'account_link', title: 'Log In', url: 'https://example.com/link' },
      ],
    });
  });

  test('typing is shown on the phone and left out of the thread, until a message ends it', async () => {
    const typing = { recipient: { id: psid }, sender_action: 'typing_on' };
    expect((await world.graph('POST', '/v25.0/me/messages', typing)).body).toEqual({ recipient_id: psid });
    const phone = (): Promise<unknown> => world.sim('GET', `people/${psid}/phone`).then(({ body }) => body);
    expect(await phone()).toMatchObject({ typing: { until: expect.any(Number) } });
    expect(await world.thread(psid)).toHaveLength(1);
    await world.send(psid, { text: 'there' });
    expect(await phone()).toMatchObject({ typing: null });
  });

  test('mark_seen marks what the person wrote as read', async () => {
    await world.graph('POST', '/v25.0/me/messages', { recipient: { id: psid }, sender_action: 'mark_seen' });
    expect((await world.thread(psid))[0]).toHaveProperty('readAt');
  });

  test('an upload can be sent again by its id', async () => {
    const media = { type: 'image', payload: { url: 'https://example.com/a.png', is_reusable: true } };
    const { attachment_id } = (await world.send(psid, { attachment: media })).body;
    await world.send(psid, { attachment: { type: 'image', payload: { attachment_id } } });
    expect((await world.thread(psid)).at(-1)?.attachment).toMatchObject({
      type: 'image',
      url: 'https://example.com/a.png',
    });
  });

  test('a persona that is gone cannot speak, and what it said keeps its name', async () => {
    const { id } = (await world.graph('POST', '/v25.0/me/personas', { name: 'Ana' })).body;
    await world.send(psid, { text: 'hi' }, { persona_id: id });
    expect((await world.graph('GET', `/v25.0/${id}`)).body).toEqual({ id, name: 'Ana' });
    expect((await world.graph('GET', '/v25.0/me/personas')).body.data).toEqual([{ name: 'Ana', id }]);
    expect((await world.graph('DELETE', `/v25.0/${id}`)).body).toEqual({ success: true });
    expect((await world.send(psid, { text: 'hi' }, { persona_id: id })).body.error.code).toBe(100);
    expect((await world.thread(psid)).at(-1)?.persona?.name).toBe('Ana');
  });

  test('a name above 50 characters is no persona', async () => {
    const { body } = await world.graph('POST', '/v25.0/me/personas', { name: 'x'.repeat(51) });
    expect(body.error.message).toBe('(#100) Length of param name must be less than or equal to 50');
  });

  test('what lies behind a message can be looked at: the call and the echo', async () => {
    const { message_id } = (await world.send(psid, { text: 'hi' })).body;
    await eventually('call and echo', async () => {
      const { body } = await world.sim('GET', `people/${psid}/messages/${message_id}/wire`);
      const { exchanges } = body as unknown as { exchanges: { url: string; requestBody: string }[] };
      return exchanges.length === 2 && exchanges.every(({ requestBody }) => requestBody.includes('hi'));
    });
  });
});
