import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../../activities';
import { TASK_QUEUES } from '../../workflows/messages/task-queues';
import { createMessenger } from '../channels/messenger';
import { loadConfig } from '../config';
import { payloadOf } from '../domain/chat/actions';
import type { Channel } from '../domain/chat/channel';
import { ProviderFailure } from '../domain/outcomes';
import { blindIndexKey, identityKey } from '../identity';
import { parseKeyRing } from '../keys';
import type { Log } from '../observability';
import { createLog, startTracing, traceHeaders } from '../observability';
import { workerRuntime } from '../observability/worker-runtime';
import { createStore } from '../store';
import { connectClient, readTarget } from '../temporal/connection';
import { createDataConverter } from '../temporal/payloads/data-converter';
import { createGateway } from '../temporal/gateway';
import { ensureSchedules } from '../temporal/schedules';
import { logActivities, traceActivities } from '../temporal/trace';
import { connectWorkers } from '../temporal/worker-connection';
import { versionOf } from '../temporal/worker-versioning';
import { MENU_CHOICES } from '../texts';
import { understand } from '../understanding';
import { createPayPal } from '../wallets/paypal';
import { passwordResetUrl } from '../wallets/paypal/authorize-url';
import { runEntry } from './run';

/** An attempt waits so long for the echo of a message whose answer was lost, in milliseconds: echoes take a second. */
const ECHO_WAIT_MS = 4_000;

/** What has begun may finish when the worker is asked to stop; whatever takes longer is retried elsewhere. */
const SHUTDOWN_GRACE = '8s';

/**
 * After a worker was killed, its cached runs are offered to it for this long before any worker may take them. Short,
 * because a person is waiting for the answer.
 */
const STICKY_TIMEOUT = '2s';

/** The workers of both queues: workflows in their sandbox, and the activities that touch the world. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog({ part: 'worker', level: config.LOG_LEVEL });
  workerRuntime(log, ['SIGINT', 'SIGTERM']);
  startTracing();
  const keys = parseKeyRing(config.DATA_KEYS);
  const blindKey = blindIndexKey(identityKey(config.IDENTITY_KEY));
  const store = createStore({ databaseUrl: config.DATABASE_URL, keys, blindIndexKey: blindKey });
  const target = readTarget(process.env);
  const client = await connectClient(target, keys);
  const connection = await connectWorkers(target);
  const channel = createMessenger({
    apiUrl: config.MESSENGER_API_URL,
    pageId: config.MESSENGER_PAGE_ID,
    appId: config.MESSENGER_APP_ID,
    appSecret: config.MESSENGER_APP_SECRET.split(',')[0] ?? '',
    pageToken: config.MESSENGER_PAGE_TOKEN,
    traceHeaders,
  });
  const activities = createActivities({
    store,
    channel,
    wallet: createPayPal({
      apiUrl: config.PAYPAL_API_URL,
      webUrl: config.PAYPAL_WEB_URL,
      clientId: config.PAYPAL_CLIENT_ID,
      clientSecret: config.PAYPAL_CLIENT_SECRET,
      traceHeaders,
    }),
    gateway: createGateway({ client, taskQueues: TASK_QUEUES }),
    understand,
    log: {
      info: (fields, message) => log.foreign('info', message, fields),
      warn: (fields, message) => log.foreign('warn', message, fields),
    },
    ownUrl: config.ownUrl,
    passwordResetUrl: passwordResetUrl(config.PAYPAL_WEB_URL),
    personaPictureUrl: `${config.ownUrl}/desk/persona.png`,
    echoWaitMs: ECHO_WAIT_MS,
  });
  const code = await readFile(join(__dirname, '..', '..', 'workflow-bundle.js'), 'utf8');
  const workers = await Promise.all(
    Object.values(TASK_QUEUES).map((taskQueue) =>
      Worker.create({
        connection,
        namespace: target.namespace,
        taskQueue,
        activities,
        workflowBundle: { code },
        dataConverter: createDataConverter(keys, target.namespace),
        interceptors: { activity: [traceActivities, logActivities(log)] },
        shutdownGraceTime: SHUTDOWN_GRACE,
        stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
        workerDeploymentOptions: {
          version: versionOf(code),
          useWorkerVersioning: true,
          defaultVersioningBehavior: 'PINNED',
        },
      }),
    ),
  );
  await ensureSchedules(client, TASK_QUEUES.money);
  void setUpPage(channel, log);
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await connection.close();
    await client.connection.close();
    await store.close();
  }
}

/** Menu, greeting and start button. Without them the chat works by words; the next start tries again. */
async function setUpPage(channel: Channel, log: Log): Promise<void> {
  try {
    await channel.setUpPage({
      greeting: 'Send money with PayPal, and get help, right here. An automated assistant answers first.',
      startPayload: payloadOf('start'),
      menu: MENU_CHOICES,
    });
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    log.warn('the page could not be set up', { error, providerCode: error.detail.providerCode });
  }
}

runEntry(main);
