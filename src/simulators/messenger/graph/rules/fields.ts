import type { JsonObject } from '../../people/message';
import { invalid, required } from '../errors';

/** Reads one value of a request as an object; a form field may hold it as JSON text. */
export function asObject(value: unknown, parameter: string): JsonObject | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const read = typeof value === 'string' ? jsonOf(value, parameter) : value;
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw invalid(`Param ${parameter} must be a JSON object.`);
  return read as JsonObject;
}

/** Reads one value of a request as a list; a form field may hold it as JSON text. */
export function asList(value: unknown, parameter: string): unknown[] | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const read = typeof value === 'string' ? jsonOf(value, parameter) : value;
  if (!Array.isArray(read)) throw invalid(`Param ${parameter} must be an array.`);
  return read;
}

/** Reads one value of a request as text; numbers count as their digits, since clients send ids as both. */
export function asText(value: unknown, parameter: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') throw invalid(`Param ${parameter} must be a UTF-8 encoded string`);
  return value;
}

/** As {@link asText}, but the parameter has to be there and must not be empty. */
export function requiredText(value: unknown, parameter: string): string {
  const text = asText(value, parameter);
  if (text === undefined) throw required(parameter);
  if (text.trim() === '') throw invalid(`Param ${parameter} must be a non-empty UTF-8 encoded string`);
  return text;
}

/** Characters as a reader counts them: a surrogate pair is one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** True for an absolute web address. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Meta's own examples write `{'id':'PSID'}` in a query, so single quotes are read as well. */
function jsonOf(text: string, parameter: string): unknown {
  for (const candidate of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      continue;
    }
  }
  throw invalid(`Param ${parameter} must be a JSON object.`);
}
