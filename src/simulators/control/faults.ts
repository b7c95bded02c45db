/** Where a fault strikes. Every given field has to fit; `path` is a substring. */
interface FaultTarget {
  method?: string;
  path?: string;
  psid?: string;
  /** Headers of an API call, in lower case, with their values. */
  headers?: Record<string, string>;
  /** `webhook` aims at deliveries; without it a fault aims at API calls. */
  to?: 'webhook';
}

/** What goes wrong. `error` is in the terms of the simulated provider. */
export interface FaultEffect<E> {
  status?: number;
  error?: E;
  /** The call is held for so long before it is carried out, or before it is refused. */
  delayMs?: number;
  /** The call never arrives: the connection breaks and nothing happens. */
  dropRequest?: boolean;
  /** The call is carried out and its answer is lost. */
  dropResponse?: boolean;
  /** A delivery is made twice. */
  duplicate?: boolean;
  /** A delivery is overtaken by later ones. */
  shuffle?: boolean;
}

/** A fault as it is asked for. Without `times` and `rate` it lasts until it is deleted. */
export interface Fault<E> {
  on: FaultTarget;
  do: FaultEffect<E>;
  /** How many calls it strikes, then it is gone. */
  times?: number;
  /** Share of the fitting calls that it strikes, 0 to 1. */
  rate?: number;
  /** Makes `rate` strike the same calls again. */
  seed?: number;
}

/** A call or a delivery that a fault may strike. */
export interface FaultOccasion {
  method: string;
  path: string;
  psid?: string;
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  to?: 'webhook';
}

interface ArmedFault<E> extends Fault<E> {
  id: string;
  left: number;
  random: () => number;
}

/** A small seeded generator (mulberry32) of numbers in [0, 1): the same seed gives the same sequence everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The faults in force, oldest first. The first that fits an occasion decides it alone, even if its `rate` spares it. */
export class FaultList<E> {
  readonly #faults: ArmedFault<E>[] = [];
  #lastId = 0;

  /** Puts a fault in force and returns its id. */
  add(fault: Fault<E>): string {
    this.#lastId += 1;
    const id = `fault-${this.#lastId}`;
    const random = seededRandom(fault.seed ?? this.#lastId);
    this.#faults.push({ ...fault, id, left: fault.times ?? Infinity, random });
    return id;
  }

  /** Ends one fault. False when there is none with this id (it may have been used up). */
  remove(id: string): boolean {
    const index = this.#faults.findIndex((fault) => fault.id === id);
    if (index < 0) return false;
    this.#faults.splice(index, 1);
    return true;
  }

  /** Ends all faults. */
  clear(): void {
    this.#faults.length = 0;
  }

  /** The faults in force with what is left of them. */
  list(): (Fault<E> & { id: string })[] {
    return this.#faults.map(({ random: _random, left, ...fault }) =>
      Number.isFinite(left) ? { ...fault, times: left } : fault,
    );
  }

  /** What strikes this occasion, if anything. Uses up one of the fault's `times`. */
  strike(occasion: FaultOccasion): FaultEffect<E> | undefined {
    const fault = this.#faults.find((candidate) => fits(candidate.on, occasion));
    if (!fault) return undefined;
    if (fault.rate !== undefined && fault.random() >= fault.rate) return undefined;
    fault.left -= 1;
    if (fault.left <= 0) this.remove(fault.id);
    return fault.do;
  }
}

function fits(target: FaultTarget, occasion: FaultOccasion): boolean {
  return (
    target.to === occasion.to &&
    (target.method === undefined || target.method.toUpperCase() === occasion.method.toUpperCase()) &&
    (target.path === undefined || occasion.path.includes(target.path)) &&
    (target.psid === undefined || target.psid === occasion.psid) &&
    Object.entries(target.headers ?? {}).every(([name, value]) => occasion.headers?.[name] === value)
  );
}
