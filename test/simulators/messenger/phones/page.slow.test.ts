import { rm } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { brokenRules } from '../../../world/accessibility';
import { startWorld } from '../world/world';
import type { World } from '../world/world';
import { buildPhones } from './built-page';

const executablePath = process.env['TEST_CHROMIUM_PATH'];
const withBrowser = executablePath === undefined ? describe.skip : describe;
const WIDE = { viewport: { width: 1280, height: 800 } };
const NARROW = { viewport: { width: 360, height: 740 } };

withBrowser('The phones page', () => {
  let folder: string;
  let browser: Browser;
  let world: World;
  let dana: string;
  let complaints: string[];
  const pages: Page[] = [];

  beforeAll(async () => {
    folder = await buildPhones();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    complaints = [];
    world = await startWorld({
      phonesDirectory: folder,
      people: [
        { name: 'Dana Reyes', platform: 'ios', country: 'US' },
        { name: 'Lee Wong', platform: 'web', country: 'US' },
        { name: 'Kim Ito', platform: 'ios', country: 'US' },
      ],
    });
    const { people } = (await world.sim('GET', 'people')).body;
    dana = people.find(({ name }) => name === 'Dana Reyes')?.psid ?? '';
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    await world.close();
  });

  const open = async (options: BrowserContextOptions = WIDE): Promise<Page> => {
    const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
    pages.push(page);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(world.url);
    await page.getByRole('region', { name: 'Dana Reyes' }).waitFor();
    return page;
  };
  const phoneOf = (page: Page, name: string): Locator => page.getByRole('region', { name });
  const card = (psid: string, buttons: object[]): Promise<unknown> =>
    world.send(psid, {
      attachment: { type: 'template', payload: { template_type: 'button', text: 'Well?', buttons } },
    });
  const fill = async (): Promise<void> => {
    await world.sim('POST', `people/${dana}/messages`, { text: 'send $20 to Lee for pizza' });
    await card(dana, [{ type: 'postback', title: 'Confirm', payload: 'C' }]);
    const summary = { total_cost: 36, subtotal: 30, shipping_cost: 6 };
    const receipt = {
      recipient_name: 'Dana Reyes',
      order_number: '1',
      currency: 'USD',
      payment_method: 'PayPal',
      elements: [{ title: 'To Lee Wong', subtitle: 'for pizza', quantity: 1, price: 5, currency: 'USD' }],
      summary,
    };
    await world.send(dana, { attachment: { type: 'template', payload: { template_type: 'receipt', ...receipt } } });
    const { id } = (await world.graph('POST', '/me/personas', { name: 'Ana' })).body;
    const quick_replies = [{ content_type: 'text', title: 'Yes', payload: 'Y' }];
    await world.send(dana, { text: 'See https://example.com', quick_replies }, { persona_id: id });
    await world.graph('POST', '/me/messages', { recipient: { id: dana }, sender_action: 'typing_on', persona_id: id });
  };

  test.each([
    ['light and wide', WIDE],
    ['dark and wide', { ...WIDE, colorScheme: 'dark' as const }],
    ['light and narrow', NARROW],
    ['dark and narrow', { ...NARROW, colorScheme: 'dark' as const }],
  ])('has nothing that axe objects to: %s', async (_how, options) => {
    const page = await open(options);
    await fill();
    await page.getByText('Ana is typing').waitFor();
    await page.getByText('for pizza', { exact: true }).waitFor();
    expect(await brokenRules(page, 'best-practice')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('says that it is a simulation and what to try first, and puts the words in', async () => {
    const page = await open();
    await page.getByText('Simulation: enter nothing real').waitFor();
    await page.getByText('Nothing has been said yet').first().waitFor();
    expect(await brokenRules(page, 'best-practice')).toEqual([]);
    await page.getByRole('button', { name: 'Put it in' }).click();
    await page.keyboard.press('Enter');
    await world.heard('message', dana);
    await phoneOf(page, 'Dana Reyes').getByText('Delivered').waitFor();
    await page.getByText('Try first').waitFor({ state: 'detached' });
    expect((await world.thread(dana))[0]?.text).toBe('send $20 to Lee for pizza');
  });

  test('shows two people side by side, one at a time where it is narrow', async () => {
    const wide = await open();
    await phoneOf(wide, 'Lee Wong').waitFor();
    await wide.getByRole('button', { name: 'Kim Ito' }).click();
    await phoneOf(wide, 'Kim Ito').waitFor();
    expect(await wide.getByRole('region').count()).toBe(3);
    const narrow = await open(NARROW);
    expect(await narrow.getByRole('region').count()).toBe(1);
    const lee = (await world.sim('GET', 'people')).body.people.find(({ name }) => name === 'Lee Wong')?.psid ?? '';
    await world.send(lee, { text: 'for Lee alone' });
    await narrow.getByRole('button', { name: 'Lee Wong 1 new' }).click();
    await phoneOf(narrow, 'Lee Wong').waitFor();
    expect(await narrow.getByRole('region').count()).toBe(1);
    expect(await narrow.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test('shows what the page sends as it comes, with who speaks, and sends what is tapped', async () => {
    const page = await open();
    const phone = phoneOf(page, 'Dana Reyes');
    await fill();
    await phone.getByText('Ana from PayPal').waitFor();
    await phone.getByText('$36.00').waitFor();
    await phone.getByRole('button', { name: 'Yes', exact: true }).click();
    await phone.getByRole('button', { name: 'Confirm' }).click();
    const [postback] = await world.heard('postback', dana);
    expect(postback?.postback?.payload).toBe('C');
    expect((await world.heard('message', dana, 2))[1]?.message?.quick_reply).toEqual({ payload: 'Y' });
  });

  test('opens the persistent menu with + and closes it with Escape, all by keyboard', async () => {
    const page = await open();
    const actions = [{ type: 'postback', title: 'Help', payload: 'MENU:HELP' }];
    await world.graph('POST', '/me/messenger_profile', {
      get_started: { payload: 'START' },
      persistent_menu: [{ locale: 'default', call_to_actions: actions }],
    });
    await phoneOf(page, 'Dana Reyes').getByRole('button', { name: 'Get Started' }).waitFor();
    const plus = page.getByRole('button', { name: 'Menu of Dana Reyes' });
    await plus.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Help' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Help' }).waitFor({ state: 'detached' });
    expect(await plus.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect((await world.heard('postback', dana))[0]?.postback?.payload).toBe('MENU:HELP');
  });

  test('opens the log-in page in a new tab, with a token', async () => {
    const page = await open();
    await world.sim('POST', `people/${dana}/messages`, { text: 'link' });
    await card(dana, [{ type: 'account_link', url: `${world.url}/pictures/${dana}.svg` }]);
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      phoneOf(page, 'Dana Reyes').getByRole('button', { name: 'Log In' }).click(),
    ]);
    await tab.waitForURL(/account_linking_token=/);
    expect(await tab.evaluate(() => window.opener as unknown)).toBeNull();
  });

  test('says why a log-in button does nothing on the web', async () => {
    const page = await open();
    const lee = (await world.sim('GET', 'people')).body.people.find(({ name }) => name === 'Lee Wong')?.psid ?? '';
    await card(lee, [{ type: 'account_link', url: 'https://example.com/link' }]);
    await phoneOf(page, 'Lee Wong').getByRole('button', { name: 'Log In' }).click();
    await page.getByRole('alert').getByText('not on the web').waitFor();
  });

  test('shows the webhook and the Send API call behind a message', async () => {
    const page = await open();
    await fill();
    const phone = phoneOf(page, 'Dana Reyes');
    await phone
      .getByRole('button', { name: /^More about/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Behind this message' }).click();
    const drawer = page.getByRole('dialog', { name: 'Behind this message' });
    await drawer.getByText('Webhook to the application').waitFor();
    await drawer.getByText('send $20 to Lee for pizza').waitFor();
    expect(await brokenRules(page, 'best-practice')).toEqual([]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await phone
      .getByRole('button', { name: /^More about/ })
      .nth(1)
      .click();
    await page.getByRole('button', { name: 'Behind this message' }).click();
    await drawer.getByText('Send API call of the application').waitFor();
  });

  test('adds a person, who is shown at once', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Add a person' }).click();
    expect(await brokenRules(page, 'best-practice')).toEqual([]);
    await page.getByLabel('Name').fill('Emil Berg');
    await page.getByLabel('Country').selectOption('DE');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await phoneOf(page, 'Emil Berg').getByText('iPhone · DE').waitFor();
  });

  test('goes on by itself after the simulator was away', async () => {
    const page = await open();
    await world.close();
    await page.getByText('The simulator does not answer').waitFor();
    const options = { port: Number(new URL(world.url).port), phonesDirectory: folder };
    world = await startWorld({ ...options, people: [{ name: 'Dana Reyes', platform: 'ios', country: 'US' }] });
    await page.getByText('The simulator does not answer').waitFor({ state: 'detached' });
  });
});
