import { AsyncLocalStorage } from 'node:async_hooks';
import type { Dependencies } from '../../../activities';
import type { Kill } from '../plan/trouble';

/** Why an attempt ended before its time. The code of the activity never sees it, but where its manner is `fails`. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A stalled attempt goes on after so long, in milliseconds of real time: after the next one has done its work. */
const STALL_MS = 300;

/** One attempt of an activity, and how it is to end. */
export class Attempt {
  private calls = 0;
  private struck = false;
  private end: (error: Killed) => void = () => undefined;
  /** Rejects when the attempt is given up from outside. */
  readonly death: Promise<never>;

  constructor(
    readonly scenario: string,
    private readonly kill?: Kill,
    private readonly reached: (kill: Kill) => void = () => undefined,
  ) {
    this.death = new Promise((_done, reject) => {
      this.end = reject;
    });
    // Whoever waits for the attempt hears of it; nobody else has to.
    this.death.catch(() => undefined);
  }

  /** Makes one call to the outside, around which the attempt may end. */
  async around<T>(call: () => Promise<T>, toProvider: boolean): Promise<T> {
    this.calls += 1;
    const kill = this.kill !== undefined && this.isNow(this.kill, toProvider) ? this.kill : undefined;
    if (kill?.point === 'before-call') await this.die(kill);
    const answer = await call();
    if (kill?.point === 'after-commit') await this.die(kill);
    return answer;
  }

  /** The activity has its result, which nobody has heard yet. */
  async finished(): Promise<void> {
    if (this.kill?.point === 'after-result') await this.die(this.kill);
  }

  private isNow({ call }: Kill, toProvider: boolean): boolean {
    return !this.struck && (call === 'provider' ? toProvider : call === this.calls);
  }

  private async die(kill: Kill): Promise<void> {
    this.struck = true;
    this.reached(kill);
    const killed = new Killed(`killed ${kill.point} (${kill.manner})`);
    if (kill.manner === 'fails') throw killed;
    this.end(killed);
    if (kill.manner === 'vanishes') await new Promise<never>(() => undefined);
    await new Promise((done) => setTimeout(done, STALL_MS));
  }
}

/** What only computes is no call to the outside. */
const PURE: ReadonlySet<PropertyKey> = new Set(['parts']);

/** The attempt on whose behalf something is called. */
export const current = new AsyncLocalStorage<Attempt>();

/** Lets every attempt end before or after any of its calls to providers, to Temporal and to the database. */
export function mortal(dependencies: Dependencies): Dependencies {
  const { wallet, channel, gateway, store } = dependencies;
  return {
    ...dependencies,
    wallet: around(wallet, true),
    channel: around(channel, true),
    gateway: around(gateway, true),
    store: aroundStore(store),
  };
}

function aroundStore(store: Dependencies['store']): Dependencies['store'] {
  const wrapped = new Map<PropertyKey, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (!wrapped.has(name)) wrapped.set(name, wrappedMember(target, member));
      return wrapped.get(name);
    },
  });
}

/** A transaction is one call: what is inside of it is done or undone as a whole. */
function wrappedMember(target: object, member: unknown): unknown {
  if (typeof member === 'function') return aroundCall(target, member as Call, false);
  return typeof member === 'object' && member !== null ? around(member, false) : member;
}

function around<Port extends object>(port: Port, toProvider: boolean): Port {
  return new Proxy(port, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      const isCall = typeof member === 'function' && !PURE.has(name);
      return isCall ? aroundCall(target, member as Call, toProvider) : member;
    },
  });
}

type Call = (...given: unknown[]) => unknown;

function aroundCall(target: object, call: Call, toProvider: boolean): Call {
  return (...given) => {
    const attempt = current.getStore();
    const answer = (): unknown => Reflect.apply(call, target, given);
    return attempt ? attempt.around(async () => answer(), toProvider) : answer();
  };
}
