import { resolve } from 'node:path';
import { replay } from '../../../src/entry/cli/replay';
import { paymentWorkflowId } from '../../../workflows/messages/payment';
import { RECORDING_KEYS } from '../../histories/key-ring';
import type { World } from '../../world/world';
import { openWorld } from '../../world/world';

const PROJECT_ROOT = resolve(__dirname, '..', '..', '..');

describe('replaying a run of a live server', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ keys: RECORDING_KEYS });
  });
  afterAll(() => world.close());

  /** Asks as the command does; gives what it said last. */
  async function ask(workflowId: string): Promise<{ fits: boolean; last: string | undefined }> {
    const said: string[] = [];
    const { id, key } = RECORDING_KEYS.current;
    const environment = {
      TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS'],
      DATA_KEYS: `${id}:${key.toString('base64')}`,
    };
    const say = (line: string): void => void said.push(line);
    const fits = await replay({ workflowId, say, projectRoot: PROJECT_ROOT, environment });
    return { fits, last: said.at(-1) };
  }

  test('says that a run which was just made fits the code that made it', async () => {
    const { phone, key } = world.dana;
    const card = await phone.hears(/Confirm/, await phone.says('send $2 to Lee'));
    await phone.hears(/has arrived/, (await phone.taps(card, 'Confirm')).since);
    const [payment] = await world.store.payments.ofPayer(key, 1);
    expect(await ask(paymentWorkflowId(payment?.paymentId ?? ''))).toEqual({
      fits: true,
      last: 'It fits: under the code as it is now the run makes the same decisions, event by event.',
    });
  });

  test('says in one sentence that there is no such run', async () => {
    await expect(ask('payment/none')).rejects.toThrow('There is no run payment/none on this server.');
  });
});
