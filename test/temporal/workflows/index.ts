import {
  ApplicationFailure,
  condition,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { Owner } from '../../../src/domain/handoff/owner';
import { claimUpdate, eventSignal, noteUpdate, replyUpdate, viewQuery } from '../../../workflows/messages/conversation';
import type { ConversationInput, ConversationView } from '../../../workflows/messages/conversation';
import { PAYOUT_ACTIVITY_ID, settleUpdate, walletEventSignal } from '../../../workflows/messages/payment';
import type { PaymentInput, PaymentStatus } from '../../../workflows/messages/payment';
import type { TestActivities } from '../worker';

const { observe, failWith } = proxyActivities<TestActivities>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 1 },
});
const { observe: observeLocally } = proxyLocalActivities<TestActivities>({ startToCloseTimeout: '10s' });
const { waitForPayout } = proxyActivities<TestActivities>({
  startToCloseTimeout: '1m',
  activityId: PAYOUT_ACTIVITY_ID,
});

/** As much of a conversation as the gateway's promises need: one owner, refusals, and an Update that is never answered. Ends with its third event. */
export async function conversation(input: ConversationInput): Promise<void> {
  const owner: Owner = { kind: 'bot', since: 1, epoch: 0 };
  const events: string[] = [];
  let presses = 0;
  const view = (): ConversationView => ({ owner });

  setHandler(viewQuery, view);
  setHandler(eventSignal, ({ kind }) => {
    events.push(kind);
  });
  setHandler(
    claimUpdate,
    async ({ rep }) => {
      presses += 1;
      if (rep.id === 'busy' && presses === 1) throw ApplicationFailure.nonRetryable('is full', 'over_capacity', owner);
      Object.assign(owner, { kind: 'rep', rep, epoch: owner.epoch + 1 });
      await observe('claim');
      return view();
    },
    {
      validator: (_action) => {
        if (owner.kind === 'rep') throw ApplicationFailure.nonRetryable('is taken', 'already_claimed', owner);
      },
    },
  );
  setHandler(replyUpdate, async () => {
    await condition(() => false);
    return view();
  });
  setHandler(noteUpdate, () => {
    throw ApplicationFailure.nonRetryable('nobody planned for this', 'surprise');
  });

  await observe(`start ${input.page}`);
  for (let handled = 0; handled < 2; handled += 1) {
    await condition(() => events.length > handled);
    await observeLocally(`event ${handled}`);
  }
  await condition(() => events.length > 2);
}

/** A payment that waits for its payout, or for an operator when asked to. */
export async function payment({ payerKey }: PaymentInput): Promise<string> {
  let verdict: PaymentStatus | undefined;
  let told = '';
  setHandler(settleUpdate, () => {
    verdict = 'paid';
    return verdict;
  });
  setHandler(walletEventSignal, ({ kind }) => {
    told = kind;
  });
  if (payerKey === 'waits-for-operator') {
    await condition(() => verdict !== undefined && told !== '');
    return told;
  }
  if (payerKey === 'waits-before-payout') await condition(() => told !== '');
  return (await waitForPayout()).state;
}

/** Fails in an activity and then itself, with texts of people in both. */
export async function failing(text: string): Promise<void> {
  await failWith(text).catch(() => undefined);
  throw ApplicationFailure.nonRetryable(text, 'provider_final', { text });
}

/** Ends at once; only its start matters. */
export async function accountLink(): Promise<void> {
  await sleep(1);
}
