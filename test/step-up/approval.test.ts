import { Client as Database } from 'pg';
import { paymentWorkflowId } from '../../workflows/messages/payment';
import { stepUpWorkflowId } from '../../workflows/messages/step-up';
import { Browser, logInAnew } from '../world/people/browser';
import { newcomer, openAccount } from '../world/people/citizens';
import { costOf } from '../world/costs';
import type { Phone, ThreadMessage } from '../world/people/phone';
import { eventually } from '../world/waiting';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('a payment that needs a fresh login', () => {
  let world: World;
  let phone: Phone;
  let payees = 0;
  beforeAll(async () => {
    world = await openWorld();
    ({ phone } = world.dana);
  });
  afterAll(() => world.close());

  /** Somebody with a PayPal account whom Dana has never paid. */
  async function stranger(): Promise<string> {
    const email = `kim${(payees += 1)}@example.com`;
    await openAccount(world, { email, name: 'Kim Ito' });
    return email;
  }

  /** Dana's card for one dollar to a stranger, and what Confirm on it answers. */
  async function askedToApprove(): Promise<{ payee: string; card: ThreadMessage; asked: ThreadMessage }> {
    const payee = await stranger();
    const card = await phone.hears(/Confirm/, await phone.says(`send $1 to ${payee}`));
    const { since } = await phone.taps(card, 'Confirm');
    return { payee, card, asked: await phone.hears(/Approve payment/, since) };
  }

  test('is started by Approve on a page that shows it again, once its payer has logged in', async () => {
    const before = await world.balanceOf(world.dana.email);
    const { payee, card, asked } = await askedToApprove();
    expect(asked.text ?? JSON.stringify(asked.template)).toContain('first payment');
    expect(await world.balanceOf(world.dana.email)).toBe(before);

    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    for (const shown of ['$1.00', payee, 'PayPal d…a@example.com', 'No fee', 'Approve', 'Cancel'])
      expect(browser.text.toLowerCase()).toContain(shown.toLowerCase());
    expect(await world.balanceOf(payee)).toBe('0.00');
    const since = (await phone.thread()).length;
    await browser.press('Approve');
    expect(browser.text).toContain('On its way');
    await phone.hears(/on its way/, since);
    await phone.hears(/You sent \$1\.00/, since);
    expect(await world.balanceOf(payee)).toBe('1.00');

    const again = await phone.taps(card, 'Confirm');
    await phone.hears(/was sent and has arrived/, again.since);
    expect(await world.balanceOf(payee)).toBe('1.00');
  });

  test('is not asked for twice: the second payment to the same person starts with the tap', async () => {
    const { payee, asked } = await askedToApprove();
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    const since = (await phone.thread()).length;
    await browser.press('Approve');
    await phone.hears(/has arrived/, since);
    const card = await phone.hears(/Confirm/, await phone.says(`send $2 to ${payee}`));
    const second = await phone.taps(card, 'Confirm');
    await phone.hears(/You sent \$2\.00/, second.since);
  });

  test('is one payment though Approve is pressed twice at once, and the page is over afterwards', async () => {
    const { payee, asked } = await askedToApprove();
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    const since = (await phone.thread()).length;
    const page = browser.url;
    await Promise.all([browser.press('Approve'), browser.press('Approve')]);
    await phone.hears(/You sent/, since);
    await eventually('the money is there', async () => (await world.balanceOf(payee)) === '1.00');
    await browser.open(page);
    expect(browser.text).toContain('can no longer be used');
  });

  test('moves nothing when another account logs in, and the page says whose login it takes', async () => {
    const { payee, asked } = await askedToApprove();
    const browser = await logInAnew(phone, asked, 'Approve payment', world.lee.email);
    expect(browser.text).toContain('not the PayPal account that is linked');
    expect(browser.text).not.toContain('>Approve<');
    await logInAgain(asked);
    expect(await world.balanceOf(payee)).toBe('0.00');
  });

  /** The same link again, after it was refused. */
  async function logInAgain(asked: ThreadMessage): Promise<void> {
    const { url = '', userAgent = '' } = await phone.taps(asked, 'Approve payment');
    const another = new Browser(userAgent);
    await another.open(url);
    expect(another.text).toContain('can no longer be used');
  }

  test('is cancelled by Cancel on the page, and its card moves nothing from then on', async () => {
    const { payee, card, asked } = await askedToApprove();
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    const since = (await phone.thread()).length;
    await browser.press('Cancel');
    expect(browser.text).toContain('Cancelled');
    await phone.hears(/Cancelled/, since);
    const again = await phone.taps(card, 'Confirm');
    await phone.hears(/no longer valid/, again.since);
    expect(await world.balanceOf(payee)).toBe('0.00');
  });

  test('can still be cancelled in the chat while the page is open, which then starts nothing', async () => {
    const { payee, card, asked } = await askedToApprove();
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    const { since } = await phone.taps(card, 'Cancel');
    await phone.hears(/Cancelled/, since);
    await browser.press('Approve');
    expect(browser.text).toContain('Nothing was sent');
    expect(await world.balanceOf(payee)).toBe('0.00');
  });

  test('goes on only in the browser that logged in: an address that somebody copied is of no use', async () => {
    const { payee, asked } = await askedToApprove();
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    const thief = new Browser('Mozilla/5.0');
    await thief.open(browser.url);
    expect(thief.text).toContain('belongs to another browser');
    const step = new URL(browser.url).searchParams.get('step') ?? '';
    await thief.open(`${world.app}/pay/decide`, {
      method: 'POST',
      body: new URLSearchParams({ step, choice: 'approve' }),
    });
    expect(thief.text).toContain('belongs to another browser');
    expect(await world.balanceOf(payee)).toBe('0.00');
  });

  test('cannot be approved on a page that is too old', async () => {
    const { asked } = await askedToApprove();
    const database = new Database({ connectionString: world.databaseUrl });
    await database.connect();
    await database.query(`update step_ups set expires_at = now() - interval '1 second' where state = 'needed'`);
    await database.end();
    const { url = '' } = await phone.taps(asked, 'Approve payment');
    const browser = new Browser('Mozilla/5.0');
    await browser.open(url);
    expect(browser.text).toContain('It is too old');
  });

  test('is asked for above 250 dollars, also for somebody paid before', async () => {
    const card = await phone.hears(/Confirm/, await phone.says('send $250.01 to Lee'));
    const { since } = await phone.taps(card, 'Confirm');
    await phone.hears(/more than \$250\.00/, since);
  });

  test('costs 5 Actions for the login and the press, besides the payment', async () => {
    const { asked } = await askedToApprove();
    const browser = await logInAnew(phone, asked, 'Approve payment', world.dana.email);
    const stepUpId = new URL(browser.url).searchParams.get('step') ?? '';
    await browser.press('Approve');
    const [payment] = await world.store.payments.ofPayer(world.dana.key, 1);
    await world.client.workflow.getHandle(paymentWorkflowId(payment?.paymentId ?? '')).result();
    const id = stepUpWorkflowId(stepUpId);
    expect(await world.client.workflow.getHandle(id).result()).toEqual({ end: 'started' });
    expect(await costOf(world.client, id)).toMatchObject({ actions: 5 });
  });

  test('asks for nothing secret in the chat, and shows the account in full to nobody', async () => {
    const said = JSON.stringify(await phone.thread());
    expect(said).not.toMatch(/type your password|enter your (pin|password)/i);
    expect(said).not.toContain('dana@example.com');
  });

  test('is not needed by a newcomer who has no account: that one is asked to link', async () => {
    const { phone: new_ } = await newcomer(world, 'Bo Lind');
    await new_.hears(/link your PayPal account first/, await new_.says('send $5 to lee@example.com'));
  });
});
