import type { Payload } from '@temporalio/common';

/** Payloads as codec servers exchange them: bytes in base64. */
interface PayloadsJson {
  payloads: { metadata?: Record<string, string>; data?: string }[];
}

/** Reads the body of a codec server's request; undefined when it has another shape. */
export function fromPayloadsJson(body: unknown): Payload[] | undefined {
  if (!isRecord(body) || !Array.isArray(body['payloads'])) return undefined;
  const payloads: Payload[] = [];
  for (const given of body['payloads'] as unknown[]) {
    if (!isRecord(given)) return undefined;
    const { metadata = {}, data } = given;
    if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) return undefined;
    // Empty data is left out of the JSON of protocol buffers.
    if (data !== undefined && data !== null && typeof data !== 'string') return undefined;
    payloads.push({
      metadata: Object.fromEntries(
        Object.entries(metadata).map(([name, value]) => [name, fromBase64(value as string)]),
      ),
      data: fromBase64(data ?? ''),
    });
  }
  return payloads;
}

/** Writes the answer of a codec server. */
export function toPayloadsJson(payloads: readonly Payload[]): PayloadsJson {
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, toBase64(value)])),
      ...(data && data.length > 0 ? { data: toBase64(data) } : {}),
    })),
  };
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
