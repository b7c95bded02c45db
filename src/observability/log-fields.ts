/** A value that names something: an id, a code, a count, an address. Free text is not one. */
const NAME = /^[\w.:/+=,[\]~-]{0,200}$/;

const FIELDS = [
  'action',
  'actionId',
  'activityId',
  'activityType',
  'address',
  'attempt',
  'buildId',
  'code',
  'component',
  'conversationId',
  'count',
  'debugId',
  'durationMs',
  'eventId',
  'kind',
  'messageId',
  'method',
  'namespace',
  'operation',
  'outcome',
  'paymentId',
  'pid',
  'port',
  'provider',
  'providerCode',
  'reason',
  'repId',
  'retryAfterMs',
  'route',
  'runId',
  'sessionId',
  'signal',
  'spanId',
  'state',
  'status',
  'taskQueue',
  'traceId',
  'updateId',
  'workflowId',
  'workflowType',
] as const;

/** The only fields that can leave in a log; everything else is left out. Ids and codes, never texts of people. */
export type LogFields = { [Field in (typeof FIELDS)[number]]?: string | number | boolean | undefined } & {
  /** An error: its kind, code and the places it passed leave, its message does not. */
  error?: unknown;
};

/** What stands in the log instead of a value that may be free text. */
export const WITHHELD = '[withheld]';

/** Picks what may leave. Nested objects, unknown names and free text never do, however deep they lie. */
export function allowedFields(given: object): Record<string, unknown> {
  const from = given as Record<string, unknown>;
  const leaving: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value = from[field];
    if (typeof value === 'number' || typeof value === 'boolean') leaving[field] = value;
    else if (typeof value === 'string') leaving[field] = NAME.test(value) ? value : WITHHELD;
  }
  if (from['error'] !== undefined) leaving['error'] = errorFields(from['error']);
  return leaving;
}

/** Failures wrap each other: workflow, activity, application, provider. */
const MOST_CAUSES = 5;
const MOST_FRAMES = 8;
/** The place of a frame: file, line and column. Names of functions stay out, since anybody may write them. */
const PLACE = /^\s+at (?:.*\()?((?:node:|file:|\/|[A-Z]:\\)[^\s()]+:\d+:\d+)\)?$/gm;

interface ErrorFields {
  kind: string;
  code?: string | number;
  type?: string;
  at?: string[];
  cause?: ErrorFields;
}

/** Messages of errors quote what they choked on, so only names, codes and places of an error leave. */
function errorFields(error: unknown, depth = 1): ErrorFields {
  if (!(error instanceof Error) && !isErrorLike(error)) return { kind: typeof error };
  const { code, type, cause } = error as { code?: unknown; type?: unknown; cause?: unknown };
  return {
    kind: asName(error.name) ?? WITHHELD,
    ...(typeof code === 'number' ? { code } : withName('code', code)),
    ...withName('type', type),
    ...withFrames(error),
    ...(cause !== undefined && depth < MOST_CAUSES ? { cause: errorFields(cause, depth + 1) } : {}),
  };
}

/** Errors from other realms (a workflow's sandbox, a test's) are not instances of this realm's Error. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'stack' in value && 'name' in value;
}

function asName(value: unknown): string | undefined {
  return typeof value === 'string' && NAME.test(value) ? value : undefined;
}

function withName(field: 'code' | 'type', value: unknown): Partial<ErrorFields> {
  const name = asName(value);
  return name === undefined ? {} : { [field]: name };
}

/** The message stands above the frames and may have lines that look like some: it is cut off first. */
function withFrames({ stack, message }: Error): Partial<ErrorFields> {
  if (typeof stack !== 'string') return {};
  const frames = message && stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  const places = [...frames.matchAll(PLACE)].map(([, place]) => place as string);
  return { at: places.slice(0, MOST_FRAMES) };
}
