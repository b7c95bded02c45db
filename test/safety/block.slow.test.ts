import type { Phone } from '../world/people/phone';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('somebody who was blocked', () => {
  let world: World;
  let dana: Phone;
  let lee: Phone;
  beforeEach(async () => {
    world = await openWorld();
    dana = world.dana.phone;
    lee = world.lee.phone;
  });
  afterEach(() => world.close());

  test('can neither send to nor ask the one who blocked them, and is told nothing of why', async () => {
    await lee.hears(/Dana Reyes is blocked/, await lee.says('block Dana'));
    const sending = await dana.hears(/cannot get money from you here/, await dana.says('send $5 to Lee'));
    const asking = await dana.hears(/I cannot ask/, await dana.says('request $5 from Lee'));
    for (const { text } of [sending, asking]) expect(text).not.toMatch(/block/i);
    const back = await lee.hears(/Confirm/, await lee.says('send $1 to Dana'));
    await lee.hears(/You sent \$1\.00/, (await lee.taps(back, 'Confirm')).since);

    await lee.hears(/no longer blocked/, await lee.says('unblock Dana Reyes'));
    const card = await dana.hears(/Confirm/, await dana.says('send $5 to Lee'));
    await dana.hears(/You sent \$5\.00/, (await dana.taps(card, 'Confirm')).since);
  });

  test('is blocked by a tap under the money that came, and their open card moves nothing', async () => {
    const first = await dana.hears(/Confirm/, await dana.says('send $5 to Lee'));
    const since = (await lee.thread()).length;
    await dana.taps(first, 'Confirm');
    const came = await lee.hears(/Dana sent you \$5\.00/, since);
    const open = await dana.hears(/Send \$6\.00/, await dana.says('send $6 to Lee'));
    await lee.hears(/Dana Reyes is blocked/, (await lee.taps(came, 'Block sender')).since);
    await dana.hears(/cannot get money from you here/, (await dana.taps(open, 'Confirm')).since);
    expect(await world.balanceOf(world.lee.email)).toBe('45.00');
  });

  test('is blocked by a tap under what they ask for, which is declined', async () => {
    const since = (await lee.thread()).length;
    const card = await dana.hears(/Send request/, await dana.says('request $5 from Lee'));
    const asked = await dana.taps(card, 'Send request');
    const share = await lee.hears(/Dana asks you for \$5\.00/, since);
    await lee.hears(/Dana Reyes is blocked/, (await lee.taps(share, 'Block')).since);
    await dana.hears(/Lee \$5\.00: declined/, asked.since);
    await lee.hears(/request is over/, (await lee.taps(share, 'Pay')).since);
  });

  test('has to be somebody who is known: a name that means nobody blocks nobody', async () => {
    await lee.hears(/don't know whom you mean/, await lee.says('block Zoe'));
    await lee.hears(/don't find that name/, await lee.says('unblock Dana'));
    const card = await dana.hears(/Confirm/, await dana.says('send $5 to Lee'));
    await dana.hears(/You sent \$5\.00/, (await dana.taps(card, 'Confirm')).since);
  });
});
