/** An error the Graph API answers with. `status` is the HTTP status. */
export class GraphError extends Error {
  readonly code: number;
  readonly subcode: number | undefined;
  readonly type: string;
  readonly status: number;

  constructor(code: number, message: string, subcode?: number, type = 'OAuthException') {
    super(message);
    this.code = code;
    this.subcode = subcode;
    this.type = type;
    this.status = statusOf(code);
  }

  /** The body as the platform writes it, with the trace id that is also in the answer's headers. */
  body(traceId: string): { error: Record<string, unknown> } {
    const subcode = this.subcode === undefined ? {} : { error_subcode: this.subcode };
    return { error: { message: this.message, type: this.type, code: this.code, ...subcode, fbtrace_id: traceId } };
  }
}

/** Codes by which the platform says "not allowed", as batch samples show them: HTTP 403. */
const FORBIDDEN = new Set([10, 200, 230]);
/** Codes by which the platform says "my fault": HTTP 500. */
const OWN_FAULT = new Set([1, 2, 1200]);

/** The HTTP status per error code is not documented; clients have to go by the code. */
function statusOf(code: number): number {
  if (FORBIDDEN.has(code)) return 403;
  return OWN_FAULT.has(code) ? 500 : 400;
}

/** Messages of the errors a test may ask for, by `code` or `code/subcode`. Source: the Send API's error reference. */
const MESSAGES: Readonly<Record<string, string>> = {
  '1': 'An unknown error occurred',
  '2': 'An unexpected error has occurred. Please retry your request later.',
  '4': 'Application request limit reached',
  '10': 'Application does not have permission for this action',
  '10/2018108': "This Person Cannot Receive Messages: This person isn't receiving messages from you right now.",
  '10/2018278': 'This message is sent outside of allowed window.',
  '10/2018300': 'Message failed to send because another app is controlling this thread now.',
  '100': 'Invalid parameter',
  '100/2018001': 'No matching user found.',
  '100/2018109': 'Attachment size exceeds allowable limit.',
  '190': 'Invalid OAuth access token.',
  '200/1545041': "Message Not Sent: This person isn't receiving messages from you right now.",
  '200/2018028':
    'Cannot message users who are not admins, developers or testers of the app until pages_messaging permission is reviewed and the app is live.',
  '230': 'Requires pages_messaging permission to manage the object',
  '368': 'The action attempted has been deemed abusive or is otherwise disallowed',
  '551': "This person isn't available right now.",
  '613': 'Calls to this API have exceeded the rate limit',
  '1200': 'Temporary send message failure. Please try again later.',
  '2022': 'Commerce messaging is disabled for this page',
  '10303': 'Invalid account_linking_token',
  '10900': 'Activity already replied to',
  '10903': "This user can't reply to this activity",
  '10904': 'This page has messages disabled',
};

/** The platform's error of a code, with the words it has for it. */
export function errorOfCode(code: number, subcode?: number): GraphError {
  const message = MESSAGES[`${code}/${subcode}`] ?? MESSAGES[String(code)] ?? 'An error occurred';
  return new GraphError(code, message, subcode);
}

/** A parameter that is missing. */
export function required(parameter: string): GraphError {
  return new GraphError(100, `(#100) The parameter ${parameter} is required`);
}

/** A text above its limit of characters. */
export function tooLong(parameter: string, limit: number): GraphError {
  return new GraphError(100, `(#100) Length of param ${parameter} must be less than or equal to ${limit}`);
}

/** A list that is too short: code 194, the one list error with a code of its own. */
export function tooFew(parameter: string): GraphError {
  return new GraphError(194, `(#194) param ${parameter} has too few elements.`);
}

/** A list that is too long. */
export function tooMany(parameter: string): GraphError {
  return new GraphError(100, `(#100) param ${parameter} has too many elements.`);
}

/** Any other refusal of a parameter: code 100. */
export function invalid(message: string, subcode?: number): GraphError {
  return new GraphError(100, `(#100) ${message}`, subcode);
}

/** An object that is not there, or not for this token. */
export function noSuchObject(method: string, id: string): GraphError {
  const verb = method.toLowerCase();
  return new GraphError(
    100,
    `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
    33,
    'GraphMethodException',
  );
}
