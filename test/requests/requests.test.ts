import { moneyRequestId } from '../../workflows/messages/money-request';
import { costOf } from '../world/costs';
import { acquaint } from '../world/people/citizens';
import { wordsOf } from '../world/people/phone';
import type { Phone, ThreadMessage } from '../world/people/phone';
import { tapsAnywhere } from '../world/webhooks';
import type { World } from '../world/world';
import { openWorld } from '../world/world';

describe('asking others for money', () => {
  let world: World;
  let dana: Phone;
  let lee: Phone;
  beforeAll(async () => {
    world = await openWorld();
    [dana, lee] = [world.dana.phone, world.lee.phone];
    const { key } = world.lee;
    await world.store.contacts.remember({
      ownerKey: key,
      email: world.dana.email,
      name: 'Dana Reyes',
      personKey: world.dana.key,
    });
  });
  afterAll(() => world.close());

  /** Asks with these words and sends the card; gives what Lee hears, and what Dana can manage the request with. */
  async function ask(words: string): Promise<{ asked: ThreadMessage; managed: ThreadMessage; requestId: string }> {
    const heard = (await lee.thread()).length;
    const card = await dana.hears(/Send request/, await dana.says(words));
    const { since } = await dana.taps(card, 'Send request');
    const managed = await dana.hears(/I have asked Lee/, since);
    const asked = await lee.hears(/Dana asks you/, heard);
    const request = await world.store.requests.latestOf(world.dana.key);
    return { asked, managed, requestId: request?.requestId ?? '' };
  }

  async function pay(asked: ThreadMessage): Promise<void> {
    const card = await lee.hears(/Confirm/, (await lee.taps(asked, 'Pay')).since);
    const { since } = await lee.taps(card, 'Confirm');
    await lee.hears(/You sent/, since);
  }

  test('a request that is paid with one tap and its own confirmation costs 4 Actions besides the payment', async () => {
    const before = await world.balanceOf(world.dana.email);
    const { asked, requestId } = await ask('request $5 from Lee for pizza');
    const since = (await dana.thread()).length;
    await pay(asked);
    await dana.hears(/Everybody has paid/, since);
    const handle = world.client.workflow.getHandle(moneyRequestId(requestId));
    expect(await handle.result()).toEqual({ end: 'settled', paid: 1 });
    expect(await costOf(world.client, moneyRequestId(requestId))).toMatchObject({ actions: 4 });
    expect(Number(await world.balanceOf(world.dana.email)) - Number(before)).toBeCloseTo(5);
  });

  test('nobody is asked before the card is sent, and a dropped card asks nobody', async () => {
    const heard = (await lee.thread()).length;
    const card = await dana.hears(/Send request/, await dana.says('request $5 from Lee'));
    await dana.hears(/Nobody was asked/, (await dana.taps(card, 'Cancel')).since);
    await dana.hears(/no longer valid/, (await dana.taps(card, 'Send request')).since);
    const asked = (await lee.heardSince(heard)).filter((message) => /Dana asks you/.test(wordsOf(message)));
    expect(asked).toEqual([]);
  });

  test('"decline" is an answer to what was asked last, and to nothing where nothing is', async () => {
    await ask('request $3 from Lee');
    await ask('request $2 from Lee');
    await lee.hears(/You declined.*\$2\.00/, await lee.says('decline'));
    await lee.hears(/You declined.*\$3\.00/, await lee.says('I decline it'));
    await lee.hears(/nothing to decline/, await lee.says('decline'));
  });

  test('a declined request moves nothing and the requester hears it', async () => {
    const { asked } = await ask('ask Lee for $7');
    const since = (await dana.thread()).length;
    await lee.hears(/You declined/, (await lee.taps(asked, 'Decline')).since);
    await dana.hears(/Lee \$7\.00: declined/, since);
    await lee.hears(/is over/, (await lee.taps(asked, 'Pay')).since);
  });

  test('one share cannot be paid twice by two cards', async () => {
    const { asked } = await ask('request $6 from Lee');
    const first = await lee.hears(/Confirm/, (await lee.taps(asked, 'Pay')).since);
    const second = await lee.hears(/Confirm/, (await lee.taps(asked, 'Pay')).since);
    await lee.hears(/You sent \$6\.00/, (await lee.taps(first, 'Confirm')).since);
    await lee.hears(/nothing was sent/, (await lee.taps(second, 'Confirm')).since);
  });

  test('a bill that is split with oneself asks the others for their part, to the cent', async () => {
    const { asked, requestId } = await ask('split $10.01 with Lee for dinner');
    expect(JSON.stringify(asked)).toContain('$5.01');
    expect(await world.store.requests.find(requestId)).toMatchObject({ own: { minor: 500 }, note: 'dinner' });
  });

  test('a cancelled request closes what is open, for everybody', async () => {
    const { asked, managed } = await ask('request $3 from Lee');
    const heard = (await lee.thread()).length;
    await dana.hears(/The request is cancelled.*Nobody has paid/, (await dana.taps(managed, 'Cancel request')).since);
    await lee.hears(/cancelled the request/, heard);
    await lee.hears(/is over/, (await lee.taps(asked, 'Pay')).since);
    await dana.hears(/is over/, (await dana.taps(managed, 'Cancel request')).since);
  });

  test('who has paid can be looked up at any time', async () => {
    const { managed } = await ask('request $2 from Lee for coffee');
    await dana.hears(
      /Nobody has paid yet.*Lee \$2\.00: not answered yet.*coffee/,
      (await dana.taps(managed, 'Who has paid')).since,
    );
  });

  test('what was paid can be sent back with one tap and a confirmation of its own', async () => {
    const { asked, requestId } = await ask('split $9 with Lee without me');
    await pay(asked);
    const [share] = (await world.store.requests.find(requestId))?.shares ?? [];
    const before = await world.balanceOf(world.lee.email);
    // Sending back is offered when a request is cancelled; the button's meaning does not depend on that message.
    const card = await dana.hears(
      /Send \$9\.00 to Lee Wong/,
      await tapsAnywhere(world, dana, `request.send-back:${share?.shareId}`),
    );
    await dana.hears(/You sent \$9\.00/, (await dana.taps(card, 'Confirm')).since);
    expect(Number(await world.balanceOf(world.lee.email)) - Number(before)).toBeCloseTo(9);
  });

  /** What is done while every payer has so much room under the limits, in cents. */
  async function withRoom<T>(minor: number, work: () => Promise<T>): Promise<T> {
    const room = jest.spyOn(world.store.limits, 'room').mockResolvedValue({ minor, currency: 'USD' });
    return work().finally(() => room.mockRestore());
  }

  test('over the limit nothing is paid or sent back; the request stays, and the same tap works once there is room', async () => {
    const { asked, requestId } = await ask('request $8 from Lee for tickets');
    const over = await withRoom(500, async () => {
      const first = await lee.hears(/\$8\.00 is more than.*up to \$5\.00 now/, (await lee.taps(asked, 'Pay')).since);
      return lee.hears(/\$8\.00 is more than/, (await lee.taps(first, 'Pay')).since);
    });
    await pay(over);
    const [share] = (await world.store.requests.find(requestId))?.shares ?? [];
    const later = await withRoom(0, async () => {
      const since = await tapsAnywhere(world, dana, `request.send-back:${share?.shareId}`);
      return dana.hears(/Nothing was sent back.*once your latest payments are a week old/, since);
    });
    await dana.hears(/Send \$8\.00 to Lee Wong/, (await dana.taps(later, 'Send back')).since);
  });

  test('a share stays a share where the limit stops what else was to pay it', async () => {
    const { asked } = await ask('request $4 from Lee');
    const card = await lee.hears(/Confirm/, (await lee.taps(asked, 'Pay')).since);
    await lee.hears(/What shall pay/, (await lee.taps(card, 'Change')).since);
    const [payment] = await world.store.payments.ofPayer(world.lee.key, 1);
    await withRoom(100, async () => {
      const since = await tapsAnywhere(world, lee, `change.source:${payment?.paymentId}:wallet`);
      await lee.hears(/\$4\.00 is more than.*up to \$1\.00 now/, since);
    });
  });

  test('another amount than that of the share is no payment of it, nor one beside it', async () => {
    const { asked, requestId } = await ask('request $4 from Lee');
    const card = await lee.hears(/Confirm/, (await lee.taps(asked, 'Pay')).since);
    await lee.hears(/What shall pay/, (await lee.taps(card, 'Change')).since);
    await lee.hears(/What shall pay the \$4\.00 to Dana/, await lee.says('$3'));
    const [payment] = await world.store.payments.ofPayer(world.lee.key, 1);
    expect(payment).toMatchObject({ amount: { minor: 400 }, state: 'replaced' });
    const since = await tapsAnywhere(world, lee, `change.source:${payment?.paymentId}:wallet`);
    await lee.hears(/Send \$4\.00 to Dana/, since);
    expect((await world.store.requests.find(requestId))?.shares).toMatchObject([{ state: 'asked' }]);
  });

  test('at most 20 requests of one person are open at a time', async () => {
    const counted = jest.spyOn(world.store.requests, 'openSince').mockResolvedValue(20);
    try {
      await dana.hears(/20 open requests already/, await dana.says('request $5 from Lee'));
    } finally {
      counted.mockRestore();
    }
  });

  test('of two contacts with one name it asks which', async () => {
    await acquaint(world.store, world.dana, { email: 'lee.adams@example.com', name: 'Lee Adams' });
    const which = await dana.hears(/Which Lee do you mean/, await dana.says('request $5 from Lee'));
    const chosen = which.quickReplies?.find(({ title }) => title.includes('Wong'))?.title ?? '';
    await dana.hears(/Ask for \$5\.00/, (await dana.taps(which, chosen)).since);
    // Lee Adams is no person of this chat, so he cannot be asked.
    const again = await dana.hears(/Which Lee do you mean/, await dana.says('request $5 from Lee'));
    const other = again.quickReplies?.find(({ title }) => title.includes('Adams'))?.title ?? '';
    await dana.hears(/I cannot ask/, (await dana.taps(again, other)).since);
  });

  test('the guided way asks how much and from whom', async () => {
    await dana.hears(
      /How much do you want to ask for/,
      await dana.tapsMenu('Request').catch(() => dana.says('request money $')),
    );
    await dana.hears(/Whom shall I ask/, await dana.says('$12'));
    await dana.hears(/Send request/, await dana.says('Lee Wong'));
  });

  test('somebody who is no contact in this chat is not asked', async () => {
    await dana.hears(/I cannot ask \\?"Mallory/, await dana.says('request $5 from Mallory'));
  });
});
