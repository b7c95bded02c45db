import { z } from 'zod';
import type { Call } from './call';
import { Refusal } from './refusal';
import type { ErrorDetail } from './refusal';

/** What zod finds wrong, in the names of PayPal's issues. */
function issueOf(problem: z.core.$ZodIssue): string {
  if (problem.code === 'invalid_type' && problem.input === undefined) return 'MISSING_REQUIRED_PARAMETER';
  if (problem.code === 'too_big' && problem.origin === 'array') return 'INVALID_ARRAY_MAX_ITEMS';
  if (problem.code === 'too_small' && problem.origin === 'array') return 'INVALID_ARRAY_MIN_ITEMS';
  if (problem.code === 'too_big' || problem.code === 'too_small') return 'INVALID_STRING_LENGTH';
  if (problem.code === 'invalid_value') return 'INVALID_PARAMETER_VALUE';
  return 'INVALID_PARAMETER_SYNTAX';
}

function detailOf(call: Call, problem: z.core.$ZodIssue): ErrorDetail {
  const issue = issueOf(problem);
  const description = call.operation.issues?.[issue]?.description;
  const value = problem.input;
  return {
    field: `/${problem.path.map(String).join('/')}`,
    ...(typeof value === 'string' || typeof value === 'number' ? { value: String(value) } : {}),
    location: 'body',
    issue,
    ...(description === undefined ? {} : { description }),
  };
}

/**
 * Reads the call's body. What does not fit is refused with 400 INVALID_REQUEST and one detail for each field, in the
 * words of the operation; payouts and webhooks call it VALIDATION_ERROR. Fields that the schema does not name pass.
 */
export function readBody<T>(call: Call, schema: z.ZodType<T>): T {
  const body = schema.safeParse(call.body ?? {}, { reportInput: true });
  if (body.success) return body.data;
  const { dialect } = call.operation;
  const name = dialect === 'payouts' || dialect === 'webhooks' ? 'VALIDATION_ERROR' : 'INVALID_REQUEST';
  throw new Refusal(
    name,
    body.error.issues.map((problem) => detailOf(call, problem)),
  );
}

/** A string of at most so many characters, at least one. */
export const shortText = (most: number): z.ZodString => z.string().min(1).max(most);

/** `{currency_code, value}`; a number is taken for a decimal string, as PayPal does. */
export const amountV2Shape = z.looseObject({
  currency_code: z.string().length(3),
  value: z.union([z.string().max(32), z.number()]),
});
