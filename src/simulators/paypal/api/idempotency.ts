import { createHash } from 'node:crypto';
import type { RememberedKey, World } from '../state/world';
import type { Answer, Call, KeyRule } from './call';
import { Refusal, errorAnswer } from './refusal';

/** PayPal-Request-Id has at most 108 characters (Orders v2, parameter paypal_request_id). */
const LONGEST_REQUEST_ID = 108;

/** Where request ids are remembered. A test may plant one that forgets. */
export interface KeyMemory {
  recall(key: string): RememberedKey | undefined;
  remember(key: string, remembered: RememberedKey): void;
}

/** Remembers request ids in the simulator's documents. */
export const documentKeys = (world: World): KeyMemory => ({
  recall: (key) => world.keys.get(key),
  remember: (key, remembered) => {
    world.keys.set(key, remembered);
  },
});

/** The name under which a call's request id is remembered: per endpoint, not per resource. */
export function keyOf(call: Call): string | undefined {
  const requestId = call.headers['paypal-request-id'];
  if (!call.operation.key || !requestId) return undefined;
  return `${call.operation.method} ${call.operation.path}\n${call.caller.clientId}\n${requestId}`;
}

/** What makes two bodies the same: the bytes. */
export const digestOf = (call: Call): string => createHash('sha256').update(call.rawBody).digest('base64url');

/** Refuses a call that lacks a required request id or has one that is too long. */
export function keyProblem(call: Call, rule: KeyRule): Answer | undefined {
  const requestId = call.headers['paypal-request-id'];
  const { dialect, issues } = call.operation;
  if (!requestId && rule.required(call)) {
    const issue = 'PAYPAL_REQUEST_ID_REQUIRED';
    const description = issues?.[issue]?.description;
    const detail = { issue, ...(description === undefined ? {} : { description }) };
    return errorAnswer(dialect, new Refusal('INVALID_REQUEST', [detail]));
  }
  if (requestId && requestId.length > LONGEST_REQUEST_ID) {
    return errorAnswer(dialect, new Refusal('INVALID_REQUEST', [{ issue: 'INVALID_STRING_LENGTH' }]));
  }
  return undefined;
}

/** The answer to a repeat, or `undefined` if the key is new or has been forgotten by time. */
export function replay(world: World, memory: KeyMemory, call: Call, rule: KeyRule, key: string): Answer | undefined {
  const known = memory.recall(key);
  if (!known || known.at + rule.lifeMs <= world.now()) return undefined;
  if (rule.otherBody === 'refuse' && known.digest !== digestOf(call)) {
    const issue = 'PAYPAL_REQUEST_ID_PREVIOUSLY_USED';
    const description = 'The PayPal-Request-Id was used for another request. Use a new one.';
    return errorAnswer(call.operation.dialect, new Refusal('UNPROCESSABLE_ENTITY', [{ issue, description }]));
  }
  return rule.again(world, known.resource, call);
}

/** The answer to a call whose key is in use by one that has not finished. */
export function inFlightAnswer(call: Call, rule: KeyRule): Answer {
  const issue = 'PREVIOUS_REQUEST_IN_PROGRESS';
  const description =
    'A previous request on this resource is currently in progress. Please wait for sometime and try again. It is best to space out the initial and the subsequent request(s) to avoid receiving this error.';
  const name = rule.inFlightStatus === 409 ? 'RESOURCE_CONFLICT' : 'UNPROCESSABLE_ENTITY';
  return errorAnswer(call.operation.dialect, new Refusal(name, [{ issue, description }]));
}
