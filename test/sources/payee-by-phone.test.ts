import { logInAnew } from '../world/people/browser';
import type { Phone } from '../world/people/phone';
import { callsOf } from '../world/simulators';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('somebody who is paid by phone number', () => {
  let world: World;
  let phone: Phone;
  beforeAll(async () => {
    world = await openWorld();
    ({ phone } = world.dana);
  });
  afterAll(() => world.close());

  test('is shown masked, gets the money at that number, and can claim it', async () => {
    const card = await phone.hears(/Confirm/, await phone.says('send $3 to (415) 555-2671 for tea'));
    const shown = JSON.stringify(card);
    expect(shown).toContain('+1 •••••• 2671');
    expect(shown).not.toContain('555-2671');
    expect(shown).toMatch(/first payment.*only to people you know/i);
    const confirmed = await phone.taps(card, 'Confirm');
    const asked = await phone.hears(/Approve payment/, confirmed.since);
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    const since = (await phone.thread()).length;
    await browser.press('Approve');
    await phone.hears(/\$3\.00 to \+1 •••••• 2671/, since);
    const payouts = (await callsOf(world.paypal)).filter(({ path }) => path === '/v1/payments/payouts');
    expect(payouts.at(-1)?.requestBody).toMatchObject({
      items: [{ recipient_type: 'PHONE', receiver: '+14155552671', note: 'tea' }],
    });
  });

  test('is not taken for somebody paid before, whose card carries no warning', async () => {
    const card = await phone.hears(/Confirm/, await phone.says('send $3 to Lee'));
    expect(JSON.stringify(card)).not.toMatch(/first payment/i);
  });
});
