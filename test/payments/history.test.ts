import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('the history of payments', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  test('shows what was begun, and to a payee only what has reached them', async () => {
    const { dana, lee } = world;
    const card = await dana.phone.hears(/Send \$5\.00/, await dana.phone.says('send $5 to Lee'));
    await dana.phone.hears(/You sent \$5\.00/, (await dana.phone.taps(card, 'Confirm')).since);
    const poor = await dana.phone.hears(/Send \$249\.00/, await dana.phone.says('send $249 to Lee'));
    await dana.phone.hears(/\$249\.00 was not sent/, (await dana.phone.taps(poor, 'Confirm')).since);
    await dana.phone.hears(/Send \$7\.00/, await dana.phone.says('send $7 to Lee'));

    const danas = await dana.phone.hears(/latest payments/, await dana.phone.says('show my payments'));
    expect(danas.text).toContain('$5.00 to Lee Wong was sent and has arrived');
    expect(danas.text).toContain('$249.00 to Lee Wong was not sent');
    expect(danas.text).not.toContain('$7.00');

    const lees = await lee.phone.hears(/latest payments/, await lee.phone.says('show my payments'));
    expect(lees.text).toContain('$5.00 from Dana was sent and has arrived');
    for (const secret of ['$249.00', '$7.00']) expect(lees.text).not.toContain(secret);
    const state = await lee.phone.hears(/from Dana/, await lee.phone.says('where is my money?'));
    expect(state.text).toContain('$5.00');
  });
});
