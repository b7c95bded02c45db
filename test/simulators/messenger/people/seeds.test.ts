import { startWorld } from '../world/world';
import type { World } from '../world/world';

describe('People', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({
      people: [
        { name: 'Dana Reyes', platform: 'ios', country: 'US', psid: '1000000000000001' },
        { name: 'Lee Wong', platform: 'web', country: 'US' },
      ],
    });
  });
  afterAll(() => world.close());

  test('those of the start are there, the page may write to them, and their phones read what comes', async () => {
    const { people } = (await world.sim('GET', 'people')).body;
    expect(people.map(({ name }) => name)).toEqual(['Dana Reyes', 'Lee Wong']);
    expect(people[0]).toMatchObject({ psid: '1000000000000001', platform: 'ios', country: 'US', locale: 'en_US' });
    expect((await world.send('1000000000000001', { text: 'Lee paid you' })).status).toBe(200);
    await world.heard('read', '1000000000000001');
  });

  test('new ones get an id of sixteen digits and the defaults of their country', async () => {
    const { status, body } = await world.sim('POST', 'people', { name: 'Emil', platform: 'android', country: 'DE' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ psid: expect.stringMatching(/^\d{16}$/), name: 'Emil', locale: 'en_DE', timezone: 1 });
  });

  test('somebody without a name, or on no known platform, is refused with the reason', async () => {
    const { status, body } = await world.sim('POST', 'people', { platform: 'fax' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ problems: [expect.stringMatching(/^name: /), expect.stringMatching(/^platform: /)] });
  });
});
