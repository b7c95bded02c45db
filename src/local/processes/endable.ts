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
