/** A process that was started here: all that is needed to end it in the right way, also after its parent is gone. */
export interface EndableProcess {
  /** What it is, for messages and for the names of logs. */
  readonly name: string;
  readonly pid: number;
  /** Words of its command line by which it is known again: pids are used again. */
  readonly marker: string;
  /** The signal that asks it to end in good order. */
  readonly signal: NodeJS.Signals;
  /** How long it may take before SIGKILL, in milliseconds. */
  readonly graceMs: number;
}

/** A process of ours that runs. */
export interface StartedProcess extends EndableProcess {
  /** Resolves when it has ended, with the words for how: `exit code 1`, `signal SIGKILL`. Never rejects. */
  readonly ended: Promise<string>;
}

/** Told of a process the moment it exists, long before it may be ready: from then on it has to be ended somehow. */
export type Announce = (spawned: EndableProcess) => void;
