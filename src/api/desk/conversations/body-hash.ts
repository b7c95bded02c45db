import { createHash } from 'node:crypto';

/** Names the content of an action: SHA-256 of its kind and body, whatever the order of the fields, without the id. */
export function bodyHashOf(kind: string, body: { actionId: string }): string {
  const { actionId: _actionId, ...content } = body;
  return createHash('sha256')
    .update(`${kind}\n${JSON.stringify(inOrder(content))}`)
    .digest('hex');
}

/** The value with the fields of every object in the order of the alphabet. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, inOrder(part)]),
  );
}
