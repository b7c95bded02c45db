import { randomUUID } from 'node:crypto';
import { personSays, somebodyWaits } from '../api/desk/desk-world';
import { describePage, startPage } from './page-world';
import type { PageWorld } from './page-world';
import { brokenRules } from '../world/accessibility';
import { wayThrough } from './way-through';

/** A dozen states, each looked at by every rule, on a machine that does other things as well. */
const WAY_MS = 180_000;

describePage('accessibility', () => {
  let desk: PageWorld;

  beforeAll(async () => {
    desk = await startPage();
  });
  afterAll(() => desk.close());

  test(
    'no rule of WCAG 2.2 AA is broken in any state of the desk',
    () => wayThrough(desk, { colorScheme: 'light' }),
    WAY_MS,
  );

  test('the check bites: a log that the keyboard cannot reach is found', async () => {
    const name = `Dana ${randomUUID().slice(0, 4)}`;
    await somebodyWaits(desk, name, { says: Array.from({ length: 40 }, (_, line) => `line ${line}`) });
    const page = await desk.signIn(`Ana ${randomUUID().slice(0, 4)}`);
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await page.getByText('line 39').waitFor();
    expect(await brokenRules(page)).toEqual([]);
    await page.getByRole('log').evaluate((log) => log.removeAttribute('tabindex'));
    expect((await brokenRules(page)).join()).toContain('scrollable-region-focusable');
    await page.context().close();
  });

  test('landmarks have names, the customer is the only main heading, and only the customer is read out', async () => {
    const name = `Dana ${randomUUID().slice(0, 4)}`;
    const person = await somebodyWaits(desk, name);
    const page = await desk.signIn(`Ana ${randomUUID().slice(0, 4)}`);
    await page.getByRole('button', { name: `Take ${name}` }).click();
    await page.getByRole('log', { name: `Conversation with ${name}` }).waitFor();
    for (const [role, label] of [
      ['navigation', 'Conversations'],
      ['main', 'Conversation'],
      ['complementary', 'About the conversation'],
    ] as const) {
      expect(await page.getByRole(role, { name: label }).count()).toBe(1);
    }
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([name]);
    await page.getByLabel('Reply', { exact: true }).fill('my own words');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('log').getByText('my own words').waitFor();
    await personSays(desk, person.id, person.personKey, { kind: 'text', text: 'thank you' });
    const bubbles = page.getByRole('log').getByRole('listitem');
    await bubbles.filter({ hasText: 'thank you' }).waitFor();
    expect(await bubbles.filter({ hasText: 'thank you' }).getAttribute('aria-live')).toBeNull();
    expect(await bubbles.filter({ hasText: 'my own words' }).getAttribute('aria-live')).toBe('off');
    await page.context().close();
  });
});
