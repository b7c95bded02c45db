import { randomUUID } from 'node:crypto';
import { somebodyWaits } from '../api/desk/desk-world';
import { describePage, startPage } from './page-world';
import type { PageWorld } from './page-world';

describePage('the desk by keyboard', () => {
  let desk: PageWorld;

  beforeAll(async () => {
    desk = await startPage();
  });
  afterAll(() => desk.close());

  test('take, reply, note and resolve need no mouse', async () => {
    const name = `Dana ${randomUUID().slice(0, 4)}`;
    await somebodyWaits(desk, name, { minutes: 500 });
    const page = await desk.signIn('Ana');
    await page.getByRole('button', { name: `Take ${name}` }).waitFor();
    await page.keyboard.press('t');
    await page.getByText(`${name} is yours now.`).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'composer-text');
    await page.keyboard.type('jet lag? take note: e');
    expect(await page.getByLabel('Reply', { exact: true }).inputValue()).toBe('jet lag? take note: e');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('log').getByText('jet lag? take note: e').waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.activeElement?.id === 'composer-text');
    await page.keyboard.type('friendly');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Note added.').waitFor();
    await page.getByRole('log').focus();
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: `Finish with ${name}` }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Resolved. The bot answers next.').waitFor();
    await page.context().close();
  });

  test('j and k walk the list; the overview opens with a question mark and can silence the letters', async () => {
    await somebodyWaits(desk, 'First Waiting', { minutes: 900 });
    await somebodyWaits(desk, 'Second Waiting', { minutes: 800 });
    const page = await desk.signIn('Bo');
    const heading = (name: string) => page.getByRole('heading', { level: 1, name });
    await page.getByRole('button', { name: 'Take Second Waiting' }).waitFor();
    await page.keyboard.press('j');
    await heading('First Waiting').waitFor();
    await page.keyboard.press('j');
    await heading('Second Waiting').waitFor();
    await page.keyboard.press('k');
    await heading('First Waiting').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.getByLabel('Single-key shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('?');
    await page.reload();
    await heading('First Waiting').waitFor();
    await page.keyboard.press('j');
    expect(await heading('First Waiting').count()).toBe(1);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });
});
