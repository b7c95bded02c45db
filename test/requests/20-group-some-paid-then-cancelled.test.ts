import { linkedNewcomer } from '../world/people/citizens';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('20 Group: some paid, then cancel', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test('what was paid goes back in full once, with one tap and its own confirmation, and what is open can no longer be paid', async () => {
    const { dana, lee } = world;
    const max = await linkedNewcomer(world, 'Max Moe');
    await max.phone.hears(/What can I do/, await max.phone.says('hello'));
    const contact = { name: 'Max Moe', email: max.email, personKey: max.key };
    await world.store.contacts.remember({ ownerKey: dana.key, ...contact });
    const [leeBefore, danaBefore] = [await world.balanceOf(lee.email), await world.balanceOf(dana.email)];

    const [leeHeard, maxHeard] = [(await lee.phone.thread()).length, (await max.phone.thread()).length];
    const card = await dana.phone.hears(
      /Send request/,
      await dana.phone.says('split $18 with Lee and Max without me for pizza'),
    );
    const managed = await dana.phone.hears(/I have asked/, (await dana.phone.taps(card, 'Send request')).since);
    const leeAsked = await lee.phone.hears(/Dana asks you for \$9\.00/, leeHeard);
    const maxAsked = await max.phone.hears(/Dana asks you for \$9\.00/, maxHeard);
    const pays = await lee.phone.hears(/Confirm/, (await lee.phone.taps(leeAsked, 'Pay')).since);
    const confirmed = await lee.phone.taps(pays, 'Confirm');
    await lee.phone.hears(/You sent \$9\.00/, confirmed.since);

    const maxToldFrom = (await max.phone.thread()).length;
    const cancelled = await dana.phone.hears(
      /The request is cancelled.*tap a name to send the money back/,
      (await dana.phone.taps(managed, 'Cancel request')).since,
    );
    await max.phone.hears(/cancelled the request/, maxToldFrom);
    await max.phone.hears(/is over/, (await max.phone.taps(maxAsked, 'Pay')).since);
    expect(cancelled.quickReplies?.map(({ title }) => title)).toEqual(['Lee $9.00']);

    const back = await dana.phone.hears(
      /Send \$9\.00 to Lee Wong/,
      (await dana.phone.taps(cancelled, 'Lee $9.00')).since,
    );
    const second = await dana.phone.hears(
      /Send \$9\.00 to Lee Wong/,
      (await dana.phone.taps(cancelled, 'Lee $9.00')).since,
    );
    await dana.phone.hears(/You sent \$9\.00/, (await dana.phone.taps(back, 'Confirm')).since);
    await dana.phone.hears(/no longer valid|nothing has moved/i, (await dana.phone.taps(second, 'Confirm')).since);
    await dana.phone.hears(/sent back once/, (await dana.phone.taps(cancelled, 'Lee $9.00')).since);
    expect(await world.balanceOf(lee.email)).toBe(leeBefore);
    expect(await world.balanceOf(dana.email)).toBe(danaBefore);
  });
});
