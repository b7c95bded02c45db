import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { NoAnswer } from '../../src/temporal/gateway/gateway';
import { personSays, somebodyWaits } from '../api/desk/desk-world';
import { Rep } from '../api/desk/rep';
import { brokenRules } from '../world/accessibility';
import type { PageWorld } from './page-world';

/** Narrower than this, in pixels, the page shows one column at a time. */
const NARROW_PX = 720;

/** No rule is broken, and nothing has to be scrolled sideways. */
async function expectGood(page: Page, state: string): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect({ state, violations: await brokenRules(page), wider: Math.max(wider, 0) }).toEqual({
    state,
    violations: [],
    wider: 0,
  });
}

/** Leads through every state of the desk and checks each. */
export async function wayThrough(desk: PageWorld, options: BrowserContextOptions): Promise<void> {
  const name = `Dana ${randomUUID().slice(0, 4)}`;
  await signingIn(desk, options);
  const page = await desk.signIn(`Ana ${randomUUID().slice(0, 4)}`, options);
  await expectGood(page, 'nothing open');
  const { id, personKey } = await somebodyWaits(desk, name, { says: ['oh man, I forgot my password'] });
  await page.getByRole('button', { name: `Take ${name}` }).waitFor();
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByText('Take the conversation to reply.').waitFor();
  await expectGood(page, 'waiting');
  await page.getByRole('button', { name: 'Take', exact: true }).click();
  await page.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
  await everyMessage(desk, page);
  const act = { kind: 'tap', title: 'Confirm', payload: 'p' } as const;
  await personSays(desk, id, personKey, { kind: 'act', act });
  await page.getByText('Tapped').waitFor();
  await expectGood(page, 'mine, with every state of a message');
  await note(page);
  await everyDialog(page);
  await lost(desk, page, { id, name });
  await sessionEnded(page);
  await page.context().close();
}

async function signingIn(desk: PageWorld, options: BrowserContextOptions): Promise<void> {
  const page = await desk.visit(options);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await expectGood(page, 'sign-in');
  await page.context().close();
}

async function everyMessage(desk: PageWorld, page: Page): Promise<void> {
  for (const fate of ['sent', 'unconfirmed', 'failed', 'waiting-window'] as const) {
    desk.gateway.fates.push(fate);
    await page.getByLabel('Reply', { exact: true }).fill(`a reply that is ${fate}`);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('log').getByText(`a reply that is ${fate}`).waitFor();
  }
  desk.gateway.faults.push(new NoAnswer('silent'));
  await page.getByLabel('Reply', { exact: true }).fill('a reply without an answer');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Not confirmed: no answer came').waitFor();
}

async function note(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Note', exact: true }).click();
  await page.getByLabel('Note', { exact: true }).fill('a note');
  await expectGood(page, 'writing a note');
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByText('Note added.').waitFor();
}

async function everyDialog(page: Page): Promise<void> {
  const more = isNarrow(page) ? [] : ['Shortcuts'];
  for (const button of ['Transfer…', 'Snooze…', 'More ways to finish', ...more]) {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('dialog').waitFor();
    await expectGood(page, button);
    await page.keyboard.press('Escape');
  }
  if (!isNarrow(page)) return;
  await page.getByRole('button', { name: 'Details' }).click();
  await expectGood(page, 'details');
  await page.getByRole('button', { name: '‹ Conversation' }).click();
}

/** While the line is cut, a colleague gets the conversation, which the page learns from a refusal. */
async function lost(desk: PageWorld, page: Page, { id, name }: { id: string; name: string }): Promise<void> {
  await page.route('**/api/desk/events*', (route) => route.abort());
  desk.cut();
  await page.getByText('Reconnecting').waitFor();
  await expectGood(page, 'reconnecting');
  const owner = (await desk.store.conversations.find(id))?.owner.rep?.name ?? '';
  const bo = await Rep.signIn(desk.origin, `Bo ${randomUUID().slice(0, 4)}`);
  await (await Rep.signIn(desk.origin, owner)).act(id, 'release');
  await bo.act(id, 'claim');
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await page.getByRole('alert').getByText(`${bo.name} has ${name} now.`).waitFor();
  await page.getByText(`${bo.name}'s since`).waitFor();
  await expectGood(page, 'lost to somebody else');
}

async function sessionEnded(page: Page): Promise<void> {
  await page.context().clearCookies();
  if (isNarrow(page)) await page.getByRole('button', { name: '‹ List' }).click();
  await page.getByRole('button', { name: 'Closed' }).click();
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await expectGood(page, 'session ended');
}

function isNarrow(page: Page): boolean {
  return (page.viewportSize()?.width ?? 0) < NARROW_PX;
}
