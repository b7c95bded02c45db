import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { brokenRules } from '../../world/accessibility';
import { CLIENT, DANA, SimulatedPayPal, linksOf } from './simulated-paypal';

const executablePath = process.env['TEST_CHROMIUM_PATH'];

(executablePath === undefined ? describe.skip : describe)('the simulated pages in a browser', () => {
  let paypal: SimulatedPayPal;
  let browser: Browser;

  // Axe looks at six pages twice; on a busy machine that takes its time.
  jest.setTimeout(180_000);

  beforeAll(async () => {
    paypal = await SimulatedPayPal.start();
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    await paypal.stop();
  });

  const signIn = () => {
    const question = {
      client_id: CLIENT.id,
      redirect_uri: `${paypal.simulator.url}/authflow/password-recovery`,
      scope: 'openid email',
    };
    return `/signin/authorize?${new URLSearchParams(question).toString()}`;
  };
  const agreement = async (): Promise<string> => {
    const urls = { return_url: `${paypal.simulator.url}/`, cancel_url: `${paypal.simulator.url}/cancelled` };
    const body = { payment_source: { paypal: { experience_context: urls } } };
    const { body: setup } = await paypal.call('POST', '/v3/vault/setup-tokens', body, {
      'paypal-request-id': paypal.key(),
    });
    return new URL(linksOf(setup).find(({ rel }) => rel === 'approve')?.href ?? '').href;
  };
  const order = async (): Promise<string> => {
    const unit = { amount: { currency_code: 'USD', value: '12.00' }, description: 'Two teas' };
    const { body } = await paypal.call('POST', '/v2/checkout/orders', { intent: 'CAPTURE', purchase_units: [unit] });
    return `/checkoutnow?token=${String(body['id'])}`;
  };
  const open = async (context: BrowserContext, path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(new URL(path, paypal.simulator.url).href);
    return page;
  };

  test.each(['light', 'dark'] as const)(
    'have no barrier that axe finds, in %s and on a narrow screen',
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 740 } });
      const paths = [
        '/',
        signIn(),
        await agreement(),
        await order(),
        '/authflow/password-recovery',
        '/checkoutnow?token=x',
      ];
      for (const path of paths) {
        const page = await open(context, path);
        expect({ path, broken: await brokenRules(page, 'best-practice') }).toEqual({ path, broken: [] });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        expect(await page.locator('input[type=password]').count()).toBe(0);
        await page.close();
      }
      await context.close();
    },
  );

  test('a person without script signs in, and the wallet is saved without a second question', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await open(context, signIn());
    await page.getByLabel('Email').fill('nobody@example.com');
    await page.getByRole('button', { name: 'Agree and Continue' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('We do not know nobody@example.com');
    await page.getByLabel('Email').fill(DANA.email);
    await page.getByRole('button', { name: 'Agree and Continue' }).click();
    await page.waitForURL('**/authflow/password-recovery?code=*');
    await page.goto(await agreement());
    await page.waitForURL('**/?approval_token_id=*');
    await page.goto(new URL(signIn(), paypal.simulator.url).href);
    expect(await page.getByRole('button', { name: 'Agree and Continue' }).count()).toBe(1);
    await context.close();
  });

  test('the first page shows a payment by itself', async () => {
    const context = await browser.newContext();
    const page = await open(context, '/');
    await paypal.charge('33.00');
    await page.getByText('217.00 USD').waitFor({ timeout: 10_000 });
    await context.close();
  });
});
