import { randomUUID } from 'node:crypto';
import { personSays, somebodyWaits } from '../api/desk/desk-world';
import { Rep, call } from '../api/desk/rep';
import { eventually } from '../world/waiting';
import { describePage, startPage } from './page-world';
import type { PageWorld } from './page-world';

describePage('sessions, drafts and the live line', () => {
  let desk: PageWorld;

  beforeAll(async () => {
    desk = await startPage();
  });
  afterAll(() => desk.close());

  async function taken() {
    const name = `Dana ${randomUUID().slice(0, 4)}`;
    const person = await somebodyWaits(desk, name);
    const me = `Ana ${randomUUID().slice(0, 4)}`;
    const page = await desk.signIn(me);
    await page.getByRole('button', { name: `Take ${name}` }).click();
    await page.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
    return { page, person, me };
  }

  async function draftOf(me: string, conversationId: string): Promise<string | undefined> {
    const rep = (await desk.store.reps.list()).find(({ name }) => name === me);
    return rep && desk.store.drafts.of(rep.repId, conversationId);
  }

  test('a session that ends while somebody writes costs nothing: sign in again and go on', async () => {
    const { page, person, me } = await taken();
    await page.getByLabel('Reply', { exact: true }).fill('Half a sent');
    await page.getByText('Draft kept').waitFor();
    // It is the press that finds out, and not the keeping of the draft.
    let press = (): void => undefined;
    const pressed = new Promise<void>((done) => (press = done));
    await page.route('**/draft', async (route) => {
      await pressed;
      await route.fallback();
    });
    await page.context().clearCookies();
    await page.getByLabel('Reply', { exact: true }).press('End');
    await page.keyboard.type('ence');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    press();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Reply', { exact: true }).inputValue()).toBe('Half a sentence');
    await eventually('the draft is kept', async () => (await draftOf(me, person.id)) === 'Half a sentence');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('log').getByText('Half a sentence').waitFor();
    await page.context().close();
  });

  test('a draft outlives the page, belongs to its conversation, and is gone once it was sent', async () => {
    const { page, person, me } = await taken();
    const other = await somebodyWaits(desk, 'Other Person');
    await page.getByLabel('Reply', { exact: true }).fill('for Dana only');
    await page.getByText('Draft kept').waitFor();
    await page.getByRole('button', { name: 'Other Person waits' }).click();
    await page.getByRole('heading', { level: 1, name: 'Other Person' }).waitFor();
    expect(await page.getByLabel('Reply', { exact: true }).inputValue()).toBe('');
    await page.goto(`${desk.origin}/desk#${person.reference}`);
    await page.reload();
    await page.getByText('Draft kept').waitFor();
    expect(await page.getByLabel('Reply', { exact: true }).inputValue()).toBe('for Dana only');
    await page.getByLabel('Reply', { exact: true }).press('Control+Enter');
    await page.getByRole('log').getByText('for Dana only').waitFor();
    await eventually('the draft is gone', async () => ((await draftOf(me, person.id)) ?? '') === '');
    expect(await draftOf(me, other.id)).toBeUndefined();
    await page.context().close();
  });

  test('a cut line says so, comes back, and shows what came meanwhile, once', async () => {
    const { page, person } = await taken();
    let away = true;
    await page.route('**/api/desk/events*', (route) => (away ? route.abort() : route.fallback()));
    desk.cut();
    await page.getByText('Reconnecting · last update').waitFor();
    await personSays(desk, person.id, person.personKey, { kind: 'text', text: 'said while you were away' });
    away = false;
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('log').getByText('said while you were away').waitFor();
    expect(await page.getByRole('log').getByText('said while you were away').count()).toBe(1);
    await page.context().close();
  });

  test('how many wait stands in the title, by itself', async () => {
    const page = await desk.signIn(`Ana ${randomUUID().slice(0, 4)}`);
    const count = async () => Number(/\((\d+)\)/.exec(await page.title())?.[1] ?? 0);
    const before = await count();
    await somebodyWaits(desk, 'One More');
    await eventually('one more in the title', async () => (await count()) === before + 1);
    await page.context().close();
  });

  test('signing out ends the session on the server too', async () => {
    const { page } = await taken();
    const cookies = await page.context().cookies();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    expect(await call('GET', `${desk.origin}/api/desk/me`, { headers: { cookie } })).toMatchObject({ status: 401 });
    await page.context().close();
  });

  test('a stream whose session ended elsewhere asks to sign in again', async () => {
    const { page, me } = await taken();
    const rep = await Rep.signIn(desk.origin, me);
    expect((await rep.get('/me')).status).toBe(200);
    const stolen = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    await call('POST', `${desk.origin}/api/desk/sign-out`, { headers: { cookie: stolen, origin: desk.origin } });
    desk.cut();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await page.context().close();
  });

  test('the page is served under a policy that runs nothing but its own files', async () => {
    const page = await desk.visit();
    const broken: string[] = [];
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
    const answer = await page.reload();
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'self'");
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    // Not being signed in is the only thing that may stand there.
    expect(broken.filter((text) => !text.includes('401'))).toEqual([]);
    await page.context().close();
  });
});
