import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { NoAnswer, Unavailable } from '../../src/temporal/gateway/gateway';
import { personSays, somebodyWaits } from '../api/desk/desk-world';
import type { WaitingPerson } from '../api/desk/desk-world';
import { Rep } from '../api/desk/rep';
import { eventually } from '../world/waiting';
import { describePage, startPage } from './page-world';
import type { PageWorld } from './page-world';

describePage('a conversation at the desk', () => {
  let desk: PageWorld;
  let page: Page;
  let person: WaitingPerson & { name: string };
  let me: string;

  beforeAll(async () => {
    desk = await startPage();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    const name = `Dana ${randomUUID().slice(0, 4)}`;
    person = { name, ...(await somebodyWaits(desk, name)) };
    me = `Ana ${randomUUID().slice(0, 4)}`;
    page = await desk.signIn(me);
    await page.getByRole('button', { name: `Take ${name}` }).click();
    await page.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
  });
  afterEach(() => page.context().close());

  function bubble(text: string) {
    return page.getByRole('log').getByRole('listitem').filter({ hasText: text });
  }

  async function write(text: string): Promise<void> {
    await page.getByLabel('Reply', { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
  }

  function replies() {
    return desk.gateway.asked.filter(({ conversationId, name }) => conversationId === person.id && name === 'reply');
  }

  async function isWithNow(rep: Rep): Promise<void> {
    await desk.store.slots.giveBack(person.id);
    const row = await desk.store.conversations.find(person.id);
    await desk.store.conversations.setOwner(person.id, {
      kind: 'rep',
      repId: rep.id,
      epoch: (row?.owner.epoch ?? 0) + 1,
      since: new Date(),
    });
  }

  test('a reply is shown with what became of it, and the composer is free for the next', async () => {
    await write('Hi, I am with you.');
    await bubble('Hi, I am with you.').getByText('Sent', { exact: true }).waitFor();
    expect(await page.getByLabel('Reply', { exact: true }).inputValue()).toBe('');
    expect(await bubble('Hi, I am with you.').count()).toBe(1);
    expect(await bubble('Hi, I am with you.').getByText('You', { exact: true }).count()).toBe(1);
  });

  test('read and delivered are told as the channel reports them', async () => {
    await write('Did you see this?');
    await bubble('Did you see this?').getByText('Sent', { exact: true }).waitFor();
    const [row] = (await desk.store.messages.thread(person.id, { limit: 10 })).slice(-1);
    const channelMessageId = row?.channelMessageId ?? '';
    await desk.store.receipts.add([{ kind: 'read', personKey: person.personKey, channelMessageId, at: new Date() }]);
    await desk.store.deskEvents.append({ kind: 'receipt', conversationId: person.id });
    await bubble('Did you see this?').getByText('Read', { exact: true }).waitFor();
  });

  test('a message that stands as not confirmed says so and has Retry, which sends that same message again', async () => {
    desk.gateway.fates.push('unconfirmed');
    await write('Did this arrive?');
    await bubble('Did this arrive?').getByText('Not confirmed').waitFor();
    await bubble('Did this arrive?').getByRole('button', { name: 'Retry' }).click();
    await bubble('Did this arrive?').getByText('Sent', { exact: true }).waitFor();
    expect(await bubble('Did this arrive?').count()).toBe(1);
    const [first, second] = replies();
    expect(second?.action).toMatchObject({ text: 'Did this arrive?', retryOf: expect.any(String) });
    expect(second?.action.actionId).not.toBe(first?.action.actionId);
  });

  test('a message that Messenger refused says why', async () => {
    desk.gateway.fates.push('failed');
    await write('Hello?');
    await bubble('Hello?').getByText('Not sent: the customer cannot be reached').waitFor();
    await bubble('Hello?').getByRole('button', { name: 'Retry' }).waitFor();
  });

  test('without an answer a reply is not confirmed, and Retry asks after the same press', async () => {
    desk.gateway.faults.push(new NoAnswer('silent'));
    await write('Still there?');
    await bubble('Still there?').getByText('Not confirmed: no answer came').waitFor();
    await bubble('Still there?').getByRole('button', { name: 'Retry' }).click();
    await bubble('Still there?').getByText('Sent', { exact: true }).waitFor();
    const [first, second] = replies();
    expect(second?.action.actionId).toBe(first?.action.actionId);
    expect(second?.action.retryOf).toBeUndefined();
  });

  test('what was certainly not accepted can be sent again or taken back into the composer', async () => {
    desk.gateway.faults.push(new Unavailable('away'));
    await write('One moment');
    await bubble('One moment').getByText('Not sent: Nothing was accepted').waitFor();
    await bubble('One moment').getByRole('button', { name: 'Edit' }).click();
    expect(await page.getByLabel('Reply', { exact: true }).inputValue()).toBe('One moment');
    expect(await bubble('One moment').count()).toBe(0);
  });

  test('a refused reply loses nothing that was typed, and says who has the conversation', async () => {
    const bo = await Rep.signIn(desk.origin, `Bo ${randomUUID().slice(0, 4)}`);
    await page.route('**/reply', async (route) => {
      await isWithNow(bo);
      await route.fallback();
    });
    await write('A long and careful answer');
    await page.getByRole('alert').getByText(`${bo.name} has this conversation now`).waitFor();
    expect(await page.getByLabel('Reply', { exact: true }).inputValue()).toBe('A long and careful answer');
    await page.getByText(`${bo.name}'s since`).waitFor();
  });

  test('a note goes to colleagues, not to the customer, and looks like it', async () => {
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByText('Only colleagues see a note').waitFor();
    await page.getByLabel('Note', { exact: true }).fill('has two accounts');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Note added.').waitFor();
    await bubble('has two accounts').getByText('Your note').waitFor();
    const styles = await bubble('has two accounts').evaluate((element) => getComputedStyle(element).borderStyle);
    expect(styles).toBe('dashed');
    expect(replies()).toEqual([]);
  });

  test('what customers write is text: markup stays as typed and nothing in it runs', async () => {
    const text = '<img src=x onerror="document.title=1"> <b>bold</b> https://elsewhere.example';
    await personSays(desk, person.id, person.personKey, { kind: 'text', text });
    await bubble('<b>bold</b>').waitFor();
    expect(await page.getByRole('log').locator('img, b:text("bold"), a').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  });

  test('a message appears by itself; who reads back stays there and is offered the new one', async () => {
    for (let line = 0; line < 40; line += 1) {
      await desk.store.messages.receive({
        conversationId: person.id,
        personKey: person.personKey,
        key: randomUUID(),
        handledBy: 'test',
        content: { kind: 'text', text: `line ${line}` },
        at: new Date(),
      });
    }
    await personSays(desk, person.id, person.personKey, { kind: 'text', text: 'the last line' });
    await bubble('the last line').waitFor();
    const log = page.getByRole('log');
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await eventually('it has noticed', async () => (await log.evaluate((element) => element.scrollTop)) === 0);
    await page.getByLabel('Reply', { exact: true }).fill('typing');
    await personSays(desk, person.id, person.personKey, { kind: 'text', text: 'are you there?' });
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('composer-text');
    await page.getByRole('button', { name: '1 new message' }).click();
    await eventually('the end', async () => (await log.evaluate((element) => element.scrollTop)) > 0);
  });

  test('Resolve ends it with one press; the bot answers next and the list moves on', async () => {
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByText('Resolved. The bot answers next.').waitFor();
    await page.getByRole('heading', { name: 'Mine 0' }).waitFor();
    await page.getByText('Resolved · Bot since').waitFor();
    const resolved = desk.gateway.asked.findLast(({ name }) => name === 'resolve');
    expect(resolved?.action).toMatchObject({ reason: 'answered', rep: { name: me } });
  });

  test('finishing can keep the customer, with a reason of one’s own', async () => {
    await page.getByRole('button', { name: 'More ways to finish' }).click();
    await page.getByLabel('Reason, for colleagues').fill('waits for the e-mail');
    await page.getByLabel('Keep with me').check();
    await page.getByRole('button', { name: 'Finish', exact: true }).click();
    await page.getByText('It comes back to you').waitFor();
    const resolved = desk.gateway.asked.findLast(({ name }) => name === 'resolve');
    expect(resolved?.action).toMatchObject({ reason: 'waits for the e-mail', keep: true });
  });

  test('release, return to the bot, transfer and snooze each do what they say', async () => {
    const bo = await Rep.signIn(desk.origin, `Bo ${randomUUID().slice(0, 4)}`);
    await page.getByRole('button', { name: 'Snooze…' }).click();
    await page.getByLabel('For an hour').check();
    await page.getByRole('button', { name: 'Put aside' }).click();
    await page.getByText('Put aside.').waitFor();
    await page.getByRole('button', { name: 'Back to queue' }).click();
    await page.getByText('Waiting for a person since').waitFor();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await page.getByRole('button', { name: 'Return to bot' }).click();
    await page.getByText('The bot has this conversation.').waitFor();
    await Rep.signIn(desk.origin, me).then((rep) => rep.act(person.id, 'claim'));
    await page.getByRole('button', { name: 'Transfer…' }).click();
    await page.getByLabel('To', { exact: true }).selectOption({ value: bo.id });
    await page.getByLabel('Reason', { exact: true }).fill('speaks Spanish');
    await page.getByRole('button', { name: 'Hand over' }).click();
    await page.getByText(`${bo.name} has it now.`).waitFor();
    await page.getByText(`${bo.name}'s since`).waitFor();
  });
});
