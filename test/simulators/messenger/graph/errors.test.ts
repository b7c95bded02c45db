import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWorld } from '../world/world';
import type { World } from '../world/world';

interface RecordedError {
  error: { message: string; type: string; code: number; error_subcode?: number };
  source: string;
}

const reference = JSON.parse(
  readFileSync(path.resolve('../shared/reference/messenger/api/send-api-errors.json'), 'utf8'),
) as RecordedError[];
const recorded = reference.filter(({ source }) => source.includes('recorded'));

const template = (payload: object): object => ({ attachment: { type: 'template', payload } });
const button = (more: object): object => template({ template_type: 'button', text: 'Choose', buttons: [more] });
const generic = (elements: unknown): object => template({ template_type: 'generic', elements });

/** The message of a send that was answered with each recorded error. */
const provoking: Record<string, object> = {
  '(#100) Message cannot be empty, must provide valid attachment or text': {},
  '(#100) The parameter message[attachment][type] is required': { attachment: {} },
  '(#100) The parameter message[attachment][payload] is required': { attachment: { type: 'image' } },
  '(#100) Invalid template type': template({ template_type: 'nonsense' }),
  '(#100) The parameter name_placeholder[text] is required': template({ template_type: 'button' }),
  '(#100) The parameter name_placeholder[buttons] is required': template({ template_type: 'button', text: 'Choose' }),
  '(#100) param name_placeholder[buttons] must be non-empty.': template({
    template_type: 'button',
    text: 'Choose',
    buttons: [],
  }),
  '(#100) The parameter name_placeholder[buttons][0][type] is required': button({ title: 'One' }),
  '(#100) Element button title cannot be empty.': button({ type: 'postback' }),
  '(#100) Param name_placeholder[buttons][0][title] must be a non-empty UTF-8 encoded string': button({
    type: 'postback',
    title: ' ',
  }),
  '(#100) Payload cannot be empty for postback type button': button({ type: 'postback', title: 'One' }),
  '(#100) Web url cannot be empty for url type button': button({ type: 'web_url', title: 'One' }),
  '(#100) name_placeholder[buttons][0][url] should represent a valid URL': button({
    type: 'web_url',
    title: 'One',
    url: 'nonsense',
  }),
  '(#194) param name_placeholder[elements] has too few elements.': generic([]),
  '(#100) Incomplete element data: title and at least one other field (image url, subtitle or buttons) is required with non-empty value':
    generic([{ title: 'Alone' }]),
  '(#194) param message[quick_replies] has too few elements.': { text: 'hi', quick_replies: [] },
  '(#100) The parameter message[quick_replies][0][content_type] is required': { text: 'hi', quick_replies: [{}] },
  '(#100) Title is required for this quick reply content type': {
    text: 'hi',
    quick_replies: [{ content_type: 'text' }],
  },
  '(#100) Payload is required for this quick reply content type': {
    text: 'hi',
    quick_replies: [{ content_type: 'text', title: 'Red' }],
  },
};

describe('Refusals of the Send API', () => {
  let world: World;
  let psid: string;
  beforeAll(async () => {
    world = await startWorld();
    psid = await world.talkingPerson();
  });
  afterAll(() => world.close());

  test.each(recorded.filter(({ error }) => error.message in provoking))(
    'what was refused in reality is refused with the same body: $error.message',
    async ({ error }) => {
      const { status, body } = await world.send(psid, provoking[error.message] ?? {});
      expect(status).toBe(400);
      expect(body).toEqual({ error: { ...error, fbtrace_id: expect.stringMatching(/^A[\w-]{22}$/) } });
      expect(Object.keys(body.error)).toEqual(Object.keys(error));
    },
  );

  test('every recorded refusal is covered', () => {
    const covered = recorded.map(({ error }) => error.message).filter((message) => message in provoking);
    expect(covered).toHaveLength(Object.keys(provoking).length);
    expect(recorded).toHaveLength(covered.length + 1);
  });

  test('neither a message nor an action, and both at once, are refused as recorded', async () => {
    const bodies = [{}, { message: { text: 'hi' }, sender_action: 'typing_on' }];
    for (const more of bodies) {
      const { body } = await world.graph('POST', '/v25.0/me/messages', { recipient: { id: psid }, ...more });
      expect(body.error).toMatchObject({ message: '(#100) Must send either message or state', error_subcode: 2018015 });
    }
  });

  test('an unknown person is no matching user', async () => {
    const { body } = await world.send('1234567890123456', { text: 'hi' });
    expect(body.error).toMatchObject({ code: 100, error_subcode: 2018001, message: 'No matching user found.' });
  });

  test.each([
    ['a text above 2000 characters', { text: 'x'.repeat(2001) }, 'message[text]'],
    ['metadata above 1000', { text: 'hi', metadata: 'x'.repeat(1001) }, 'message[metadata]'],
    [
      'a quick reply title above 20',
      { text: 'hi', quick_replies: [{ content_type: 'text', title: 'x'.repeat(21), payload: 'p' }] },
      'message[quick_replies][0][title]',
    ],
    [
      'a button title above 20',
      button({ type: 'postback', title: 'x'.repeat(21), payload: 'p' }),
      'name_placeholder[buttons][0][title]',
    ],
    [
      'a payload above 1000',
      button({ type: 'postback', title: 'x', payload: 'p'.repeat(1001) }),
      'name_placeholder[buttons][0][payload]',
    ],
    [
      'an element title above 80',
      generic([{ title: 'x'.repeat(81), subtitle: 's' }]),
      'name_placeholder[elements][0][title]',
    ],
    [
      'a subtitle above 80',
      generic([{ title: 'x', subtitle: 's'.repeat(81) }]),
      'name_placeholder[elements][0][subtitle]',
    ],
  ])('%s is too long', async (_what, message, parameter) => {
    const { body } = await world.send(psid, message);
    expect(body.error.message).toMatch(`(#100) Length of param ${parameter} must be less than or equal to`);
  });

  test.each([
    [
      '14 quick replies',
      { text: 'hi', quick_replies: Array(14).fill({ content_type: 'text', title: 'a', payload: 'b' }) },
    ],
    [
      '4 buttons',
      template({
        template_type: 'button',
        text: 't',
        buttons: Array(4).fill({ type: 'postback', title: 'a', payload: 'b' }),
      }),
    ],
    ['11 elements', generic(Array(11).fill({ title: 'a', subtitle: 'b' }))],
  ])('%s are too many', async (_what, message) => {
    expect((await world.send(psid, message)).body.error.message).toMatch(/has too many elements\.$/);
  });

  test('characters are counted as people count them: 2000 emoji are one message', async () => {
    expect((await world.send(psid, { text: '👋'.repeat(2000) })).status).toBe(200);
  });

  test('a receipt needs its order number and its total', async () => {
    const receipt = {
      template_type: 'receipt',
      recipient_name: 'Ada',
      order_number: '1',
      currency: 'USD',
      payment_method: 'PayPal',
      summary: { total_cost: '12.00' },
    };
    expect((await world.send(psid, template(receipt))).status).toBe(200);
    const { body } = await world.send(psid, template({ ...receipt, summary: {} }));
    expect(body.error.message).toBe('(#100) The parameter name_placeholder[summary][total_cost] is required');
  });
});
