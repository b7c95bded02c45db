import { send } from '../world/simulators';
import { eventually } from '../world/waiting';
import { floatOf, openBench } from './bench';
import type { Bench } from './bench';

describe('What happens in the very moment in which a payment ends', () => {
  let bench: Bench;
  let concluding = false;
  let told = false;
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((done) => (goOn = done));
  beforeAll(async () => {
    bench = await openBench(undefined, {
      wrap: (activities) => ({
        ...activities,
        async concludePayment(conclusion) {
          concluding ||= conclusion.status === 'paid';
          if (concluding) await held;
          return activities.concludePayment(conclusion);
        },
      }),
      gatewayOfApi: (gateway) => ({
        ...gateway,
        async tellPayment(paymentId, event) {
          const answer = await gateway.tellPayment(paymentId, event);
          told ||= event.kind === 'charge-returned';
          return answer;
        },
      }),
    });
  });
  afterAll(() => bench.close());

  test('is not lost: a charge that PayPal takes back then is a case of operators', async () => {
    const { world } = bench;
    const float = await floatOf(bench);
    const paymentId = await bench.pays(world.lee.email, 900);
    await eventually('the payment ends', async () => concluding);
    const captureId = await world.store.payments.providerId(paymentId, 'charge', 'captureId');
    await send(`${world.paypal}/_sim/reversals`, { captureId });
    await eventually('the payment has been told', async () => told);
    goOn();
    expect(await bench.ended(paymentId)).toEqual({ end: 'paid' });
    await eventually('a case', async () => (await bench.openKinds(paymentId)).includes('reversed'));
    expect(await floatOf(bench)).toBe(float);
  });
});
