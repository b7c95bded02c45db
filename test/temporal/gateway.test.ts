import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import { createGateway } from '../../src/temporal/gateway/create';
import { Refused } from '../../src/temporal/gateway/gateway';
import type { Gateway } from '../../src/temporal/gateway/gateway';
import { conversationId, viewQuery } from '../../workflows/messages/conversation';
import type { ConversationInput, RepAction } from '../../workflows/messages/conversation';
import { PAYOUT_ACTIVITY_ID, paymentWorkflowId } from '../../workflows/messages/payment';
import type { PaymentInput } from '../../workflows/messages/payment';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages/search-attributes';
import { createTestActivities, ownQueues, startWorkers, testClient, until } from './worker';

const TWENTY = { minor: 2_000, currency: 'USD' } as const;
const PAYOUT = { batchId: 'B1', state: 'paid', amount: TWENTY, fee: { minor: 25, currency: 'USD' } } as const;
const taskQueues = ownQueues();
const { activities, seen } = createTestActivities();

let client: Client;
let gateway: Gateway;
let workers: { stop(): Promise<void> };

beforeAll(async () => {
  client = await testClient();
  gateway = createGateway({ client, taskQueues });
});

afterAll(() => client.connection.close());

function somebody(): ConversationInput {
  return { page: '1', personKey: randomUUID(), rollout: LAUNCH_DECISION };
}
const idOf = ({ page, personKey }: ConversationInput) => conversationId(page, personKey);
const echo = (messageId: string) => ({ kind: 'echo', metadata: 'm', messageId }) as const;
const pressOf = (name: string, actionId: string = randomUUID()): RepAction => ({
  actionId,
  bodyHash: 'b',
  rep: { id: name, name },
});
const paymentOf = (payerKey = 'payer'): PaymentInput => ({
  paymentId: randomUUID(),
  payerKey,
  amount: TWENTY,
  rollout: LAUNCH_DECISION,
});
async function refusalOf(act: Promise<unknown>): Promise<Refused> {
  const error: unknown = await act.catch((reason: unknown) => reason);
  if (error instanceof Refused) return error;
  throw new Error('was not refused', { cause: error });
}

describe('without any worker', () => {
  test('an event is durable once it was told, and a second one goes to the same run', async () => {
    const person = somebody();
    await gateway.tell(person, echo('first'));
    await gateway.tell(person, echo('second'));
    const { events } = await client.workflow.getHandle(idOf(person)).fetchHistory();
    expect(events?.filter((event) => event.workflowExecutionSignaledEventAttributes)).toHaveLength(2);
    expect(events?.filter((event) => event.workflowExecutionStartedEventAttributes)).toHaveLength(1);
  });

  test('a conversation starts with attributes and a task time-out that let operators find it and workers replace each other', async () => {
    const person = somebody();
    await gateway.tell(person, echo('first'));
    const { raw, typedSearchAttributes } = await client.workflow.getHandle(idOf(person)).describe();
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.waitingOn)).toBe('nobody');
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.owner)).toBe('bot');
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.feature)).toBe('p2p-payments');
    expect(Number(raw.executionConfig?.defaultWorkflowTaskTimeout?.seconds)).toBe(5);
  });

  test('it is ready to take events but says that nobody works on them', async () => {
    expect(await gateway.ready()).toEqual({ temporal: true, workers: false });
  });
});

describe('with workers', () => {
  beforeAll(async () => {
    workers = await startWorkers(Object.values(taskQueues), activities);
  });

  afterAll(() => workers.stop());

  test('it says that they work', async () => {
    const fresh = createGateway({ client, taskQueues });
    await until(async () => (await createGateway({ client, taskQueues }).ready()).workers);
    expect(await fresh.ready()).toEqual({ temporal: true, workers: true });
  });

  test('workers on one queue alone are not enough', async () => {
    const halfPolled = createGateway({ client, taskQueues: { ...taskQueues, money: `money-${randomUUID()}` } });
    expect(await halfPolled.ready()).toEqual({ temporal: true, workers: false });
  });

  test('an accepted action answers with the conversation as it is then', async () => {
    const person = somebody();
    await gateway.tell(person, echo('first'));
    const answer = await gateway.act(idOf(person), 'claim', pressOf('kim'));
    expect(answer.owner).toMatchObject({ kind: 'rep', rep: { name: 'kim' }, epoch: 1 });
  });

  test('a refused action names the code and the owner at that moment', async () => {
    const person = somebody();
    await gateway.tell(person, echo('first'));
    await gateway.act(idOf(person), 'claim', pressOf('kim'));
    const refusal = await refusalOf(gateway.act(idOf(person), 'claim', pressOf('lee')));
    expect(refusal.code).toBe('already_claimed');
    expect(refusal.owner).toMatchObject({ kind: 'rep', rep: { name: 'kim' } });
  });

  test('an action that was refused is judged anew under the same id, because slots become free', async () => {
    const person = somebody();
    const action = pressOf('busy');
    await gateway.tell(person, echo('first'));
    const refusal = await refusalOf(gateway.act(idOf(person), 'claim', action));
    expect(refusal).toMatchObject({ code: 'over_capacity', owner: { kind: 'bot' } });
    expect((await gateway.act(idOf(person), 'claim', action)).owner.rep?.name).toBe('busy');
  });

  test('an action on a conversation that has ended, or never was, is refused as closed', async () => {
    expect((await refusalOf(gateway.act(idOf(somebody()), 'claim', pressOf('kim')))).code).toBe('closed');
  });

  test('a failure that no contract names is not passed off as a refusal', async () => {
    const person = somebody();
    await gateway.tell(person, echo('first'));
    const act = gateway.act(idOf(person), 'note', { ...pressOf('kim'), text: 'x' });
    await expect(act).rejects.not.toBeInstanceOf(Refused);
    expect((await client.workflow.getHandle(idOf(person)).query(viewQuery)).owner.kind).toBe('bot');
  });

  test('a second start of a payment is the existing one, while it runs and after it has ended', async () => {
    const input = paymentOf();
    expect(await gateway.startPayment(input)).toBe('started');
    expect(await gateway.startPayment(input)).toBe('existing');
    const workflowId = paymentWorkflowId(input.paymentId);
    await until(async () => (await gateway.completePayout(workflowId, PAYOUT_ACTIVITY_ID, PAYOUT)) === 'completed');
    expect(await client.workflow.getHandle(workflowId).result()).toBe('paid');
    expect(await gateway.startPayment(input)).toBe('existing');
  });

  test('an event of a payout that comes too early or too late is not waited for', async () => {
    const input = paymentOf('waits-before-payout');
    const workflowId = paymentWorkflowId(input.paymentId);
    const complete = () => gateway.completePayout(workflowId, PAYOUT_ACTIVITY_ID, PAYOUT);
    expect(await complete()).toBe('not-waiting');
    await gateway.startPayment(input);
    expect(await complete()).toBe('not-waiting');
    await gateway.tellPayment(input.paymentId, { kind: 'other', name: 'go on' });
    await until(async () => (await complete()) === 'completed');
    await client.workflow.getHandle(workflowId).result();
    expect(await complete()).toBe('not-waiting');
  });

  test('an operator settles a payment and hears its state, and a provider is heard as long as it runs', async () => {
    const input = paymentOf('waits-for-operator');
    await gateway.startPayment(input);
    expect(
      await gateway.settlePayment(input.paymentId, {
        operator: 'Olga',
        proven: 'charge-taken',
        evidence: 'CAPTURE1',
      }),
    ).toBe('paid');
    expect(await gateway.tellPayment(input.paymentId, { kind: 'other', name: 'x' })).toBe('told');
    expect(await client.workflow.getHandle(paymentWorkflowId(input.paymentId)).result()).toBe('other');
    expect(await gateway.tellPayment(input.paymentId, { kind: 'other', name: 'x' })).toBe('not-running');
  });

  test('a linking starts once and is not told anything after its end', async () => {
    const login = { code: 'c', redirectUri: 'http://127.0.0.1/link' };
    const approval = { returnUrl: 'http://127.0.0.1/link', cancelUrl: 'http://127.0.0.1/link' };
    const input = { sessionId: randomUUID(), personKey: 'p', login, approval };
    expect(await gateway.startAccountLink(input)).toBe('started');
    expect(await gateway.startAccountLink(input)).toBe('existing');
    await client.workflow.getHandle(`account-link/${input.sessionId}`).result();
    for (const message of [
      { kind: 'linked' },
      { kind: 'abort', why: 'not-me' },
      { kind: 'confirm-in-chat', code: 'c' },
    ] as const) {
      expect(await gateway.tellAccountLink(input.sessionId, message)).toBe('not-running');
    }
    expect(seen.length).toBeGreaterThan(0);
  });
});
