import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Phone } from '../world/people/phone';
import { eventually } from '../world/waiting';
import { DeskRep, askForPerson, takenBy } from './desk';
import { Friends } from './payments';
import { armFault, newPerson, peopleNamed, statusOfWebhook } from './simulator';
import { Stack } from './stack';

/** The main job as it is driven from outside, where the checks lie beside the project. */
const MAIN_JOB = resolve(__dirname, '..', '..', '..', 'shared', 'checks', 'main-job.mjs');
const testWithChecks = existsSync(MAIN_JOB) ? test : test.skip;

/** Every test waits for processes to come back; an activity whose worker died is made again after up to a minute. */
jest.setTimeout(180_000);

const PAYOUT_CALL = { method: 'POST', path: '/v1/payments/payouts' };
const CHARGE_CALL = { method: 'POST', path: '/v2/checkout/orders' };
const reply = (psid: string) => ({ method: 'POST', path: '/messages', psid });
const echo = (psid: string) => ({ to: 'webhook', path: 'message_echoes', psid }) as const;

describe('everything that npm start runs, killed at the worst moments', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await Stack.prepare();
    await stack.start();
  });
  afterAll(() => stack.remove());

  describe('a worker that dies between charge and payout', () => {
    let friends: Friends;
    beforeAll(async () => {
      friends = await Friends.meet(stack, 'Pat Field', 'Quinn Marsh');
      const underWay = await armFault(stack.paypal, { on: PAYOUT_CALL, do: { delayMs: 3_000 } });
      await friends.pay('11.01');
      await underWay.hasStruck();
      const lost = await armFault(stack.paypal, { on: PAYOUT_CALL, do: { delayMs: 3_000, dropRequest: true } });
      await friends.pay('12.02');
      await lost.hasStruck();
      const charging = await armFault(stack.paypal, { on: CHARGE_CALL, do: { delayMs: 3_000 } });
      await friends.pay('13.03');
      await charging.hasStruck();
      await stack.isBack('worker', await stack.kill('worker'));
    });

    test('a payout call that was on its way counts: the payment ends once and both are told once', async () => {
      await friends.bothHear('11.01');
      expect(await friends.told('11.01')).toEqual({ payer: 1, payee: 1 });
    });

    testWithChecks('meanwhile the main job passes three times in a row', async () => {
      const env = {
        ...process.env,
        APP_URL: stack.app,
        MESSENGER_SIM_URL: stack.messenger,
        PAYPAL_SIM_URL: stack.paypal,
      };
      for (const _time of [1, 2, 3]) {
        await promisify(execFile)(process.execPath, [MAIN_JOB], { env });
      }
    });

    test('a charge that was on its way is not taken twice', async () => {
      await friends.bothHear('13.03');
      expect(await friends.told('13.03')).toEqual({ payer: 1, payee: 1 });
    });

    test('a payout call that never arrived is made again once its attempt is given up', async () => {
      await friends.bothHear('12.02');
      expect(await friends.told('12.02')).toEqual({ payer: 1, payee: 1 });
    });

    test('exactly the three amounts have moved, and no money was made or lost', async () => {
      expect(await friends.moved()).toEqual({ payer: -3606, payee: 3606, totalsChanged: false });
      for (const dollars of ['11.01', '12.02', '13.03'])
        expect(await friends.told(dollars)).toEqual({ payer: 1, payee: 1 });
    });
  });

  describe("a worker that dies while a rep's reply is on its way", () => {
    const TEXT = 'I am with you now.';
    const names = { echoed: 'Ezra Stone', silent: 'Sil Brook', lost: 'Lou Glen' };
    let rep: DeskRep;
    let people: Record<keyof typeof names, Awaited<ReturnType<typeof takenBy>>>;
    beforeAll(async () => {
      rep = await DeskRep.signIn(stack, 'Ana');
      const [echoed, silent, lost] = [
        await takenBy(rep, stack, names.echoed),
        await takenBy(rep, stack, names.silent),
        await takenBy(rep, stack, names.lost),
      ];
      people = { echoed, silent, lost };
      const { messenger } = stack;
      await armFault(messenger, { on: echo(silent.phone.psid), do: { dropRequest: true } });
      const faults = [
        await armFault(messenger, { on: reply(echoed.phone.psid), do: { delayMs: 3_000 } }),
        await armFault(messenger, { on: reply(silent.phone.psid), do: { delayMs: 3_000 } }),
        await armFault(messenger, { on: reply(lost.phone.psid), do: { delayMs: 3_000, dropRequest: true } }),
      ];
      const presses = Object.values(people).map(({ conversation }) => rep.press(conversation, 'reply', { text: TEXT }));
      await Promise.all(faults.map((fault) => fault.hasStruck()));
      await stack.isBack('worker', await stack.kill('worker'));
      await Promise.all(presses);
    });

    test('with its echo the reply arrives once and stands as sent', async () => {
      const { echoed } = people;
      await rep.replyBecomes(echoed.conversation, TEXT, 'sent');
      expect(await echoed.copiesOf(TEXT)).toBe(1);
    });

    test('without its echo it arrives once, stands as not confirmed, and Retry settles it', async () => {
      const { silent } = people;
      const retryOf = await rep.replyBecomes(silent.conversation, TEXT, 'unconfirmed');
      expect(await silent.copiesOf(TEXT)).toBe(1);
      await rep.press(silent.conversation, 'reply', { text: TEXT, retryOf });
      await rep.replyBecomes(silent.conversation, TEXT, 'sent');
    });

    test('one that never left is not sent by itself, and Retry sends it once', async () => {
      const { lost } = people;
      const retryOf = await rep.replyBecomes(lost.conversation, TEXT, 'unconfirmed');
      expect(await lost.copiesOf(TEXT)).toBe(0);
      await rep.press(lost.conversation, 'reply', { text: TEXT, retryOf });
      await rep.replyBecomes(lost.conversation, TEXT, 'sent');
      expect(await lost.copiesOf(TEXT)).toBe(1);
    });

    test('an answer that was lost with a late echo settles by itself, and Retry then sends nothing', async () => {
      const { phone, conversation, copiesOf } = people.lost;
      const text = 'Can you hear me?';
      await armFault(stack.messenger, { on: echo(phone.psid), do: { delayMs: 8_000 } });
      await armFault(stack.messenger, { on: reply(phone.psid), do: { dropResponse: true } });
      await rep.press(conversation, 'reply', { text });
      const retryOf = await rep.replyBecomes(conversation, text, 'unconfirmed');
      await rep.replyBecomes(conversation, text, 'sent');
      await rep.press(conversation, 'reply', { text, retryOf });
      expect(await copiesOf(text)).toBe(1);
    });
  });

  describe('a Temporal server that dies', () => {
    const WORDS = ['the first', 'the second', 'the third'];
    const names = ['Nia Wells', 'Otto Reed'];
    let friends: Friends;
    let phones: Phone[];
    let before: number[];
    beforeAll(async () => {
      friends = await Friends.meet(stack, 'Uma Ford', 'Vic Lane');
      phones = await Promise.all(names.map((name) => greeted(stack, name)));
      before = await Promise.all(phones.map(async (phone) => (await phone.thread()).length));
      await friends.pay('14.04');
      const probe = await greeted(stack, 'Pro Bing');
      const page = await stack.secret('MESSENGER_PAGE_ID');
      let spoken = false;
      await stack.keepAway('temporal', async () => {
        if (!spoken) for (const word of WORDS) await Promise.all(phones.map((phone) => phone.says(word)));
        spoken = true;
        return (await statusOfWebhook(stack.messenger, page, probe.psid)) === 503;
      });
    });

    test('webhooks are refused with 503 and delivered again: every message is answered once', async () => {
      for (const [index, phone] of phones.entries()) {
        const since = before[index] ?? 0;
        await eventually(
          'every message is answered',
          async () => (await phone.heardSince(since)).length >= WORDS.length,
          60_000,
        );
      }
      const answers = await Promise.all(phones.map((phone, index) => phone.heardSince(before[index] ?? 0)));
      expect(answers.map(({ length }) => length)).toEqual(names.map(() => WORDS.length));
    });

    test("everybody's messages are handled in the order they were written, none twice", async () => {
      const rep = await DeskRep.signIn(stack, 'Bo');
      for (const name of names) {
        const { thread } = await rep.detail(await rep.conversationOf(name, 'all'));
        const said = thread.flatMap(({ direction, content }) =>
          direction === 'in' && 'text' in content ? [content.text] : [],
        );
        expect(said).toEqual(['hello', ...WORDS]);
      }
    });

    test('a payment that was under way ends once', async () => {
      await friends.bothHear('14.04');
      expect(await friends.told('14.04')).toEqual({ payer: 1, payee: 1 });
      expect(await friends.moved()).toEqual({ payer: -1404, payee: 1404, totalsChanged: false });
    });
  });

  describe('everything at once, as in a power cut', () => {
    let friends: Friends;
    let waiting: Phone;
    let threadBefore: unknown;
    beforeAll(async () => {
      friends = await Friends.meet(stack, 'Wes Park', 'Xia Dale');
      waiting = await askForPerson(stack, 'Yan Moor');
      threadBefore = (await waiting.thread()).map(({ mid, text }) => ({ mid, text }));
      await friends.pay('15.05');
      await stack.killEverything();
      await stack.start();
    });

    test('a payment that was in flight goes on and ends once', async () => {
      await friends.bothHear('15.05');
      expect(await friends.told('15.05')).toEqual({ payer: 1, payee: 1 });
      expect(await friends.moved()).toEqual({ payer: -1505, payee: 1505, totalsChanged: false });
    });

    test('whoever waited for a person still waits, with the thread as it was, and is answered', async () => {
      expect((await waiting.thread()).map(({ mid, text }) => ({ mid, text }))).toEqual(threadBefore);
      const rep = await DeskRep.signIn(stack, 'Cy');
      const conversation = await rep.conversationOf('Yan Moor', 'waiting');
      await rep.press(conversation, 'claim');
      await rep.press(conversation, 'reply', { text: 'Here I am.' });
      expect((await waiting.thread()).filter(({ text }) => text === 'Here I am.')).toHaveLength(1);
    });

    test('the seeded people are still linked and know each other', async () => {
      const danas = await peopleNamed(stack.messenger, 'Dana Reyes');
      expect(danas).toHaveLength(1);
      const phone = new Phone(stack.messenger, danas[0] ?? '');
      await phone.hears(/\$1\.00 to Lee Wong \(l.*@example\.com\)/, await phone.says('send $1 to Lee'));
    });
  });

  describe('a stop', () => {
    test('on Ctrl-C nothing is left running', async () => {
      expect(await stack.stop('SIGINT')).toEqual({ code: 0, left: [] });
    });

    test('on SIGTERM nothing is left running, and the state is still there at the next start', async () => {
      await stack.start();
      const rep = await DeskRep.signIn(stack, 'Cy');
      await rep.conversationOf('Yan Moor', 'all');
      expect(await stack.stop('SIGTERM')).toEqual({ code: 0, left: [] });
    });
  });
});

/** A new person who has said hello and was answered. */
async function greeted(stack: Stack, name: string): Promise<Phone> {
  const phone = new Phone(stack.messenger, await newPerson(stack.messenger, name));
  await phone.hears(/What can I do for you/, await phone.says('hello'));
  return phone;
}
