import { parseBody, readWebhook } from '../../../../src/channels/messenger/webhook';
import { describeWithReference, referenceBytes, referenceFiles } from '../reference';
import { READINGS, asIncoming } from './reference-readings';

const OURS = { pageId: 'PAGE ID', appId: '123456789' };

describeWithReference('recorded webhook bodies', () => {
  test('every recorded body has an expected reading and every expected reading a body', () => {
    expect(referenceFiles('webhooks')).toEqual(Object.keys(READINGS).toSorted());
  });

  test.each(Object.entries(READINGS))('%s is understood as what it is', (file, expected) => {
    const incoming = readWebhook(parseBody(referenceBytes(`webhooks/${file}`)), OURS);
    expect(incoming).toHaveLength(1);
    expect(incoming[0]).toMatchObject(asIncoming(expected));
    expect(actOf(incoming[0])).toEqual('act' in expected ? expected.act : undefined);
  });

  test('the same body read again gives the same keys, and no key shows an address', () => {
    const keys = referenceFiles('webhooks').flatMap((file) =>
      readWebhook(parseBody(referenceBytes(`webhooks/${file}`)), OURS, 1).flatMap(eventOf),
    );
    const later = referenceFiles('webhooks').flatMap((file) =>
      readWebhook(parseBody(referenceBytes(`webhooks/${file}`)), OURS, 2).flatMap(eventOf),
    );
    expect(later.map((event) => event.key)).toEqual(keys.map((event) => event.key));
    for (const event of keys) expect(event.key).not.toContain(event.source.address);
  });
});

type Incoming = ReturnType<typeof readWebhook>[number];

const eventOf = (incoming: Incoming) => ('event' in incoming ? [incoming.event] : []);
const actOf = (incoming: Incoming | undefined) => (incoming && 'event' in incoming ? incoming.event.act : undefined);
