import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { somebodyWaits } from '../api/desk/desk-world';
import { Rep } from '../api/desk/rep';
import { eventually } from '../world/waiting';
import { describePage, startPage } from './page-world';
import type { PageWorld } from './page-world';

describePage('taking a conversation', () => {
  let desk: PageWorld;

  beforeAll(async () => {
    desk = await startPage();
  });
  afterAll(() => desk.close());

  function nameFor(name: string): string {
    return `${name} ${randomUUID().slice(0, 4)}`;
  }

  function rowOf(page: Page, name: string) {
    return page.getByRole('navigation').getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** Settles when each of the pages has asked for the conversation. */
  function presses(pages: Page[]): Promise<unknown> {
    return Promise.all(pages.map((page) => page.waitForRequest('**/claim')));
  }

  test('two reps press Take at once: one has it, the other reads who, and the row leaves the queue', async () => {
    const names = [nameFor('Ana'), nameFor('Bo')] as const;
    const person = nameFor('Dana');
    const pages = await Promise.all(names.map((name) => desk.signIn(name)));
    const { id } = await somebodyWaits(desk, person);
    await Promise.all(pages.map((page) => rowOf(page, person).click()));
    // Neither press arrives before both were made: else the quicker one takes the other's button away.
    const bothPressed = presses(pages);
    for (const page of pages) await page.route('**/claim', (route) => bothPressed.then(() => route.continue()));
    await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Take', exact: true }).click()));
    const owner = await eventually('somebody has it', async () => {
      return (await desk.store.conversations.find(id))?.owner.rep?.name;
    });
    const [winner, loser] = owner === names[0] ? [pages[0], pages[1]] : [pages[1], pages[0]];
    await winner?.getByText('Yours since').waitFor();
    await winner?.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
    await loser?.getByRole('alert').getByText(`${owner} took ${person}`).waitFor();
    await loser?.getByText(`${owner}'s since`).waitFor();
    expect(await loser?.getByRole('button', { name: `Take ${person}` }).count()).toBe(0);
    expect(await loser?.getByRole('button', { name: 'Resolve', exact: true }).count()).toBe(0);
    for (const page of pages) await page.context().close();
  });

  test('who takes a conversation can write at once; the load and the counts follow', async () => {
    const person = nameFor('Dana');
    await somebodyWaits(desk, person);
    const page = await desk.signIn(nameFor('Ana'));
    await page.getByRole('button', { name: `Take ${person}` }).click();
    await page.getByText(`${person} is yours now.`).waitFor();
    await page.getByRole('heading', { level: 1, name: person }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'composer-text');
    await page.getByText('1 of 3').waitFor();
    await page.getByRole('heading', { name: 'Mine 1' }).waitFor();
    await page.context().close();
  });

  test('who loses is led on to the next one waiting, by keyboard too', async () => {
    const [first, second] = [nameFor('Dana'), nameFor('Lee')];
    const { id } = await somebodyWaits(desk, first, { minutes: 90 });
    const next = await somebodyWaits(desk, second, { minutes: 80 });
    const page = await desk.signIn(nameFor('Ana'));
    await page.getByRole('button', { name: `Take ${first}` }).waitFor();
    // The page must not learn of it before it presses.
    await page.route('**/api/desk/events*', (route) => route.abort());
    await page.reload();
    await page.getByRole('button', { name: `Take ${first}` }).waitFor();
    const bo = await Rep.signIn(desk.origin, nameFor('Bo'));
    await bo.act(id, 'claim');
    await page.getByRole('button', { name: `Take ${first}` }).press('Enter');
    await page.getByRole('alert').getByText(`${bo.name} took ${first}`).waitFor();
    await page.waitForFunction((row) => document.activeElement?.id === row, `row-${next.id}`);
    await page.context().close();
  });

  test('with all slots in use, or away, the page says so and takes nothing', async () => {
    const people = [nameFor('One'), nameFor('Two'), nameFor('Three'), nameFor('Four')];
    for (const person of people) await somebodyWaits(desk, person, { minutes: 200 });
    const page = await desk.signIn(nameFor('Ana'));
    await page.getByLabel('Other work').fill('3');
    await page.getByLabel('Other work').press('Enter');
    await page.getByText('3 of 3').waitFor();
    await page.getByRole('button', { name: `Take ${people[0]}` }).click();
    await page.getByRole('alert').getByText('All slots are in use').waitFor();
    await page.getByLabel('Other work').fill('0');
    await page.getByLabel('Other work').press('Enter');
    await page.getByText('0 of 3').waitFor();
    await page.getByLabel('My status').selectOption('Away');
    await page.getByRole('button', { name: `Take ${people[1]}` }).click();
    await page.getByRole('alert').getByText('Not while the status is Away').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await page.getByRole('heading', { name: 'Mine 0' }).count()).toBe(1);
    await page.context().close();
  });

  test('the number of other work is kept while it is typed, whatever news arrive meanwhile', async () => {
    const name = nameFor('Ana');
    const { id } = await somebodyWaits(desk, nameFor('Dana'));
    const page = await desk.signIn(name);
    const elsewhere = await Rep.signIn(desk.origin, name);
    const field = page.getByLabel('Other work');
    await field.fill('2');
    await elsewhere.act(id, 'claim');
    await page.getByText('1 of 3').waitFor();
    await field.press('Enter');
    await page.getByText('3 of 3').waitFor();
    await elsewhere.put(`/reps/${elsewhere.id}/other-work`, { units: 0 });
    await field.blur();
    await page.getByText('1 of 3').waitFor();
    expect(await field.inputValue()).toBe('0');
    await page.context().close();
  });

  test('a conversation is looked at without taking it, and nobody else is told', async () => {
    const person = nameFor('Dana');
    const { id } = await somebodyWaits(desk, person, { says: ['is anybody there?'] });
    const page = await desk.signIn(nameFor('Ana'));
    const before = await desk.store.deskEvents.latestId();
    await rowOf(page, person).click();
    await page.getByText('is anybody there?').waitFor();
    await page.getByText('Waiting for a person since').waitFor();
    await page.getByText('Take the conversation to reply.').waitFor();
    expect(await desk.store.deskEvents.latestId()).toBe(before);
    expect(desk.gateway.asked.some(({ conversationId }) => conversationId === id)).toBe(false);
    await page.context().close();
  });

  test('an auditor sees everything and can do nothing', async () => {
    const person = nameFor('Dana');
    await somebodyWaits(desk, person);
    const page = await desk.signIn(nameFor('Max'), { role: 'Auditor (reads)' });
    await rowOf(page, person).click();
    await page.getByText('Your role reads only.').waitFor();
    expect(await page.getByRole('button', { name: /^Take/ }).count()).toBe(0);
    expect(await page.getByRole('textbox').count()).toBe(0);
    await page.context().close();
  });
});
