import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { createLog } from '../../src/observability';
import { workerRuntime } from '../../src/observability/worker-runtime';
import { createTestActivities, ownQueues, startWorkers, testClient } from './worker';

test('what the SDK writes of a failing run stands in our log with its ids, and without the words of the failure', async () => {
  let written = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  workerRuntime(createLog({ part: 'worker', level: 'info', destination }));
  const { chat } = ownQueues();
  const client = await testClient();
  const workers = await startWorkers([chat], createTestActivities().activities);
  const workflowId = `failing/${randomUUID()}`;
  const run = client.workflow.execute('failing', { workflowId, taskQueue: chat, args: ['Dana Reyes has no money'] });
  await run.catch(() => undefined);
  await workers.stop();
  await client.connection.close();

  const lines = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const failed = lines.find(({ activityType }) => activityType === 'failWith');
  expect(failed).toMatchObject({ part: 'worker', level: 40, workflowId, component: 'worker' });
  expect(written).not.toContain('Dana');
});
