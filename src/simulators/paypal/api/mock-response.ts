import type { Answer, Call, Operation } from './call';
import { Refusal, errorAnswer, nameOfStatus, refuse } from './refusal';

/**
 * PayPal's own switch for negative tests: the header `PayPal-Mock-Response: {"mock_application_codes":"ISSUE"}` makes
 * Orders v2 and Payments v2 answer with an issue (https://developer.paypal.com/negative-testing/request-headers).
 * Codes that the operation does not know are ignored.
 */
export function mockedAnswer(call: Call): Answer | undefined {
  const header = call.headers['paypal-mock-response'];
  if (!header || !call.operation.mockable) return undefined;
  const code = mockedCode(header);
  const known = code !== undefined && call.operation.issues?.[code] !== undefined;
  return known ? errorAnswer(call.operation.dialect, refuse(call.operation, code)) : undefined;
}

function mockedCode(header: string): string | undefined {
  try {
    const parsed = JSON.parse(header) as { mock_application_codes?: unknown };
    const codes = parsed.mock_application_codes;
    const first: unknown = Array.isArray(codes) ? codes[0] : codes;
    return typeof first === 'string' ? first : undefined;
  } catch {
    return undefined;
  }
}

/** A fault's error in PayPal's terms. */
export interface FaultError {
  name: string;
  issue?: string;
}

/**
 * The refusal that a fault asks for, in the words of the operation it strikes. The name may also be that of an issue.
 * Without an error the status alone says what it is.
 */
export function faultRefusal(operation: Operation | undefined, error?: FaultError, status?: number): Refusal {
  const dialect = operation?.dialect ?? 'orders';
  if (!error) {
    const given = status ?? 500;
    return new Refusal(nameOfStatus(dialect, given), [], { status: given });
  }
  const issue = error.issue ?? (operation?.issues?.[error.name] ? error.name : undefined);
  if (issue === undefined) return new Refusal(error.name, [], status === undefined ? {} : { status });
  const known = operation?.issues?.[issue];
  if (operation && known) {
    const refusal = refuse(operation, issue);
    const name = error.issue === undefined ? refusal.errorName : error.name;
    return new Refusal(name, refusal.details, { status: status ?? known.status });
  }
  return new Refusal(error.name, [{ issue }], status === undefined ? {} : { status });
}
