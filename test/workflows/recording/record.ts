import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { RECORDING_KEYS } from '../../histories/key-ring';
import { startTimeSkipping } from '../../world/servers/time-skipping';
import type { World } from '../../world/world';
import { openWorld } from '../../world/world';
import { keepHistory } from './kept-histories';
import { AFTERCARE_SCENARIOS } from './aftercare-scenarios';
import { CHAT_SCENARIOS, LONG_CHAT_SCENARIOS } from './chat-scenarios';
import { SAFETY_SCENARIOS } from './safety-scenarios';
import { LONG_MONEY_SCENARIOS, MONEY_SCENARIOS } from './money-scenarios';

/** Longer than what the long scenarios wait for. */
const A_MONTH = '30 days';

/** `npm run histories:record`: a file of tests, because the world of the tests is where everything happens. */
describe('the histories of this version', () => {
  describe('of what takes moments', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld({ keys: RECORDING_KEYS });
    });
    afterAll(() => world.close());

    test.each(Object.entries({ ...MONEY_SCENARIOS, ...AFTERCARE_SCENARIOS, ...CHAT_SCENARIOS, ...SAFETY_SCENARIOS }))(
      '%s is kept',
      async (name, happen) => {
        await keepHistory(world.client, name, await happen(world));
      },
    );
  });

  describe('of what takes longer', () => {
    let time: TestWorkflowEnvironment;
    let world: World;
    beforeAll(async () => {
      time = await startTimeSkipping();
      world = await openWorld({ keys: RECORDING_KEYS, temporalAddress: time.address });
    });
    afterAll(async () => {
      await world.close();
      await time.teardown();
    });

    test.each(Object.entries({ ...LONG_MONEY_SCENARIOS, ...LONG_CHAT_SCENARIOS }))(
      '%s is kept',
      async (name, happen) => {
        const run = await happen(world);
        await time.sleep(A_MONTH);
        await world.client.workflow.getHandle(run.workflowId).result();
        await keepHistory(world.client, name, run);
      },
    );
  });
});
