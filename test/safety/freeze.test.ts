import { logInAnew } from '../world/people/browser';
import { newcomer } from '../world/people/citizens';
import type { Phone } from '../world/people/phone';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('an account that its owner has frozen', () => {
  let world: World;
  let phone: Phone;
  beforeEach(async () => {
    world = await openWorld();
    ({ phone } = world.dana);
  });
  afterEach(() => world.close());

  test('sends nothing, asks nobody, and neither links nor unlinks; open cards are void, and money still comes in', async () => {
    const { lee } = world;
    const card = await phone.hears(/Confirm/, await phone.says('send $20 to Lee'));
    const told = await phone.hears(/is frozen in this chat/, await phone.says('Freeze'));
    expect(told.buttons?.map(({ title }) => title)).toEqual(['Unfreeze']);
    await phone.hears(/you froze your account|no longer valid/, (await phone.taps(card, 'Confirm')).since);
    for (const words of ['send $5 to Lee', 'send $5 to Nobody', 'request $5 from Lee', 'link my paypal account']) {
      await phone.hears(/Nothing was done: you froze your account/, await phone.says(words));
    }
    const question = await phone.hears(/Unlink your PayPal account/, await phone.says('unlink my paypal'));
    await phone.hears(/you froze your account/, (await phone.taps(question, 'Yes, unlink it')).since);
    expect(await world.store.links.active(world.dana.key)).toBeDefined();
    expect(await world.balanceOf(world.dana.email)).toBe('250.00');

    const since = (await phone.thread()).length;
    const back = await lee.phone.hears(/Confirm/, await lee.phone.says('send $3 to Dana'));
    await lee.phone.taps(back, 'Confirm');
    await phone.hears(/Lee sent you \$3\.00/, since);
  });

  test('is free again after a fresh login of its owner, and after nobody else’s', async () => {
    const told = await phone.hears(/is frozen in this chat/, await phone.says('freeze my account'));
    const stranger = await logInAnew(phone, told, 'Unfreeze', world.lee.email);
    expect(stranger.text).toContain('not the PayPal account that is linked');
    expect(await world.store.safety.isFrozen(world.dana.key)).toBe(true);

    const again = await phone.hears(/you froze your account/, await phone.says('send $20 to Lee'));
    const browser = await logInAnew(phone, again, 'Unfreeze', world.dana.email);
    const since = (await phone.thread()).length;
    await browser.press('Unfreeze');
    expect(browser.text).toContain('No longer frozen');
    await phone.hears(/no longer frozen/, since);
    const card = await phone.hears(/Confirm/, await phone.says('send $20 to Lee'));
    await phone.hears(/You sent \$20\.00/, (await phone.taps(card, 'Confirm')).since);
  });

  test('stays frozen when Cancel is pressed on the page', async () => {
    const told = await phone.hears(/is frozen in this chat/, await phone.says('freeze!'));
    const browser = await logInAnew(phone, told, 'Unfreeze', world.dana.email);
    await browser.press('Cancel');
    expect(await world.store.safety.isFrozen(world.dana.key)).toBe(true);
  });

  test('starts no payment that was confirmed on a page opened before', async () => {
    const card = await phone.hears(/Confirm/, await phone.says('send $250.01 to Lee'));
    const asked = await phone.hears(/Approve payment/, (await phone.taps(card, 'Confirm')).since);
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    await phone.hears(/is frozen in this chat/, await phone.says('freeze'));
    await browser.press('Approve');
    expect(browser.text).toContain('Nothing was sent');
  });

  test('cannot be frozen where none was ever linked', async () => {
    const { phone: other } = await newcomer(world, 'Bo Lind');
    await other.hears(/nothing to freeze/, await other.says('freeze'));
  });
});
