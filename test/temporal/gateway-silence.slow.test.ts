import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { LAUNCH_DECISION } from '../../src/domain/rollout/decision';
import { createClient } from '../../src/temporal/connection';
import { createGateway } from '../../src/temporal/gateway/create';
import { NoAnswer, Unavailable } from '../../src/temporal/gateway/gateway';
import type { Gateway } from '../../src/temporal/gateway/gateway';
import { conversationId } from '../../workflows/messages/conversation';
import { RING, ownQueues, testClient, until, withWorkers } from './worker';

jest.mock('../../src/temporal/gateway/gateway', () => ({
  ...jest.requireActual<object>('../../src/temporal/gateway/gateway'),
  // A rep's patience, shortened for the test.
  ACTION_ANSWER_MS: 1_000,
}));

const person = () => ({ page: '1', personKey: randomUUID(), rollout: LAUNCH_DECISION });
const idOf = ({ page, personKey }: { page: string; personKey: string }) => conversationId(page, personKey);
const ONE_CENT = { minor: 1, currency: 'USD' } as const;
const EVENT = { kind: 'echo', metadata: 'm', messageId: '1' } as const;
const press = { actionId: randomUUID(), bodyHash: 'b', rep: { id: 'kim', name: 'kim' } };

describe('a worker that does not answer', () => {
  const taskQueues = ownQueues();
  let client: Client;
  let gateway: Gateway;

  beforeAll(async () => {
    client = await testClient();
    gateway = createGateway({ client, taskQueues });
  });

  afterAll(() => client.connection.close());

  test('leaves it open whether the action was done, when there is none', async () => {
    const input = person();
    await gateway.tell(input, EVENT);
    const act = gateway.act(idOf(input), 'claim', press);
    await expect(act).rejects.toBeInstanceOf(NoAnswer);
  });

  test('leaves it open whether the action was done, when it accepted and is slow', async () => {
    const input = person();
    await gateway.tell(input, EVENT);
    const act = () => gateway.act(idOf(input), 'reply', { ...press, text: 'hello' });
    await withWorkers([taskQueues.chat], () => expect(act()).rejects.toBeInstanceOf(NoAnswer));
  });

  test('leaves it open when the run ended after it had accepted', async () => {
    const input = person();
    await gateway.tell(input, EVENT);
    await gateway.tell(input, EVENT);
    await withWorkers([taskQueues.chat], async () => {
      const answered = gateway.act(idOf(input), 'reply', { ...press, text: 'hello' }).catch((error: unknown) => error);
      await until(async () => (await openUpdates(client, idOf(input))) > 0);
      await gateway.tell(input, EVENT);
      expect(await answered).toBeInstanceOf(NoAnswer);
    });
  });
});

async function openUpdates(client: Client, workflowId: string): Promise<number> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length;
}

describe('a server that is gone', () => {
  let connection: Connection;
  let gateway: Gateway;

  beforeAll(async () => {
    const path = process.env['TEST_TEMPORAL_CLI_PATH'] ?? 'temporal';
    const server = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'existing-path', path }, log: { format: 'pretty', level: 'error' } },
    });
    connection = await Connection.connect({ address: server.address });
    gateway = createGateway({ client: createClient(connection, 'default', RING), taskQueues: ownQueues() });
    await server.teardown();
  });

  afterAll(() => connection.close());

  test('everything that is asked of it says so within seconds', async () => {
    const requests = [
      gateway.tell(person(), EVENT),
      gateway.startPayment({ paymentId: 'p', payerKey: 'k', amount: ONE_CENT, rollout: LAUNCH_DECISION }),
      gateway.tellPayment('p', { kind: 'other', name: 'x' }),
      gateway.completePayout('payment/p', 'payout', { batchId: 'b', state: 'paid', amount: ONE_CENT, fee: ONE_CENT }),
      gateway.tellAccountLink('s', { kind: 'linked' }),
    ];
    const from = Date.now();
    const answers = await Promise.allSettled(requests);
    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason instanceof Unavailable)).toEqual(
      requests.map(() => true),
    );
    // The client's own retry sleeps past the deadline of five seconds by at most one of its intervals.
    expect(Date.now() - from).toBeLessThan(9_000);
  });

  test('an action is not known to be done', async () => {
    const error: unknown = await gateway.act('conversation/1/x', 'claim', press).catch((reason: unknown) => reason);
    expect([NoAnswer, Unavailable]).toContain((error as object).constructor);
  });

  test('it is not ready, and says so within two seconds', async () => {
    const from = Date.now();
    expect(await gateway.ready()).toEqual({ temporal: false, workers: false });
    expect(Date.now() - from).toBeLessThan(5_000);
  });
});
