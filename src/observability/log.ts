import { pino } from 'pino';
import type { DestinationStream, Level } from 'pino';
import { allowedFields } from './log-fields';
import type { LogFields } from './log-fields';
import { activeTrace } from './tracing';

/**
 * Accepts a text only where it is written out in the source: a record with a key of any other text need not have it.
 * What varies goes into a field, which is checked.
 */
type Literal<Text extends string> = Record<never, never> extends Record<Text, unknown> ? never : Text;

type Write = <Text extends string>(message: Literal<Text>, fields?: LogFields) => void;

/** The log of one part. A message is a literal; only the fields of {@link LogFields} leave. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** For messages of libraries, which are not literals of ours; their fields are picked in the same way. */
  foreign(level: LogLevel, message: string, fields: object): void;
}

export type LogLevel = Level;

/** How a part writes its log. */
export interface LogOptions {
  /** Which part of the program writes: `api`, `worker`. */
  readonly part: string;
  readonly level: LogLevel;
  /** Where to; absent: standard output. */
  readonly destination?: DestinationStream;
}

/** A log of JSON lines with level, time, part, the active trace, and fields by allow-list. */
export function createLog({ part, level, destination }: LogOptions): Log {
  const options = { level, base: { part, pid: process.pid }, mixin: () => activeTrace() ?? {} };
  const writer = destination ? pino(options, destination) : pino(options);
  const write = (at: LogLevel, message: string, fields: object) => writer[at](allowedFields(fields), message);
  const at =
    (chosen: LogLevel): Write =>
    (message, fields = {}) =>
      write(chosen, message, fields);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), foreign: write };
}
