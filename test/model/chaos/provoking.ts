import type { Fault } from '../../world/simulators';
import { send } from '../../world/simulators';
import type { Scene } from '../people/scene';
import type { CallFault, DeliveryFault } from '../plan/trouble';
import { CALLS, WEATHERS } from '../plan/trouble';
import type { Coverage } from './coverage';

/** By this header of its calls a provider's fault finds the scenario that it is for. */
export const SCENARIO_HEADER = 'x-scenario';

/** More often than any fault can strike, and still a number to count down from. */
const ALWAYS = 1_000_000;

/** A call that takes longer is given up, in milliseconds. */
export const CALL_TIMEOUT_MS = 1_200;

const CALL_EFFECTS: Record<CallFault, Fault['do']> = {
  'lost-answer': { dropResponse: true },
  'lost-request': { dropRequest: true },
  'server-error': { status: 500 },
  'too-many': { status: 429 },
  'time-out': { delayMs: 2 * CALL_TIMEOUT_MS },
};

const DELIVERY_EFFECTS: Record<DeliveryFault, Fault['do']> = {
  duplicate: { duplicate: true },
  shuffle: { shuffle: true },
  'lost-delivery': { dropRequest: true },
  'lost-acknowledgement': { dropResponse: true },
  'echo-dropped': { dropRequest: true },
};

/** Faults in force, and how often each has struck. */
export class Provocation {
  private readonly armed: { simulator: string; id: string; kind: string; times: number }[] = [];

  constructor(private readonly coverage: Coverage) {}

  /** Lets everything go wrong that the scenario's plan says. */
  async provoke({ id, plan, world, people }: Scene): Promise<void> {
    const headers = { [SCENARIO_HEADER]: id };
    if (plan.trouble.outage) await this.outage(world.paypal, headers);
    for (const { call, fault, times } of plan.trouble.calls) {
      const { provider, method, path } = CALLS[call];
      await this.arm(world[provider], `${provider} ${fault}`, {
        on: { method, path, headers },
        do: CALL_EFFECTS[fault],
        times,
      });
    }
    for (const { who, fault, times } of plan.trouble.deliveries) {
      const path = fault === 'echo-dropped' ? { path: 'message_echoes' } : {};
      const on = { to: 'webhook' as const, psid: people[who].psid, ...path };
      await this.arm(world.messenger, `delivery ${fault}`, { on, do: DELIVERY_EFFECTS[fault], times });
    }
  }

  /** The outage is over. */
  async restore(): Promise<void> {
    await this.end((kind) => kind === OUTAGE);
  }

  /** Everything is as it should be again. */
  async calm(): Promise<void> {
    await this.end(() => true);
  }

  private async outage(paypal: string, headers: Record<string, string>): Promise<void> {
    const charge = { method: 'POST', path: CALLS.charge.path, headers };
    await this.arm(paypal, 'outage begins', { on: charge, do: { dropResponse: true }, times: 1 });
    await this.arm(paypal, OUTAGE, { on: { headers }, do: { status: 503 }, times: ALWAYS });
  }

  private async arm(simulator: string, kind: string, fault: Fault & { times: number }): Promise<void> {
    const { id } = await send<{ id: string }>(`${simulator}/_sim/faults`, fault);
    this.armed.push({ simulator, id, kind, times: fault.times });
  }

  private async end(which: (kind: string) => boolean): Promise<void> {
    const left = new Map<string, Map<string, number>>();
    const ending = this.armed.filter(({ kind }) => which(kind));
    for (const { simulator, id, kind, times } of ending) {
      if (!left.has(simulator)) left.set(simulator, await inForce(simulator));
      this.coverage.reached(kind, times - (left.get(simulator)?.get(id) ?? 0));
      await fetch(`${simulator}/_sim/faults/${id}`, { method: 'DELETE' });
    }
    this.armed.splice(0, this.armed.length, ...this.armed.filter((fault) => !ending.includes(fault)));
  }
}

const OUTAGE = 'outage';

async function inForce(simulator: string): Promise<Map<string, number>> {
  const answer = (await (await fetch(`${simulator}/_sim/faults`)).json()) as {
    faults: { id: string; times?: number }[];
  };
  return new Map(answer.faults.map(({ id, times }) => [id, times ?? 0]));
}

/** Every kind of trouble that a run can be expected to reach. */
export const ALL_TROUBLE: readonly string[] = [
  ...['paypal', 'messenger'].flatMap((provider) => Object.keys(CALL_EFFECTS).map((fault) => `${provider} ${fault}`)),
  ...Object.keys(DELIVERY_EFFECTS).map((fault) => `delivery ${fault}`),
  ...WEATHERS.filter((weather) => weather !== 'fair').map((weather) => `weather ${weather}`),
  'outage begins',
  OUTAGE,
];
