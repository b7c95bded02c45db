import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { failureOfFault, failureOfRefusal } from '../../../src/wallets/paypal/outcomes';
import type { Effect } from '../../../src/wallets/paypal/outcomes';
import { readRefusal } from '../../../src/wallets/paypal/refusal';
import { TransportFault } from '../../../src/wallets/paypal/transport/exchange';

const NAMES: Record<number, string> = {
  400: 'INVALID_REQUEST',
  401: 'AUTHENTICATION_FAILURE',
  403: 'NOT_AUTHORIZED',
  404: 'RESOURCE_NOT_FOUND',
  409: 'RESOURCE_CONFLICT',
  422: 'UNPROCESSABLE_ENTITY',
};

function refused(status: number, issue?: string, effect: Effect = 'moves', headers: Record<string, string> = {}) {
  const body = { name: NAMES[status] ?? issue, debug_id: 'f05063556a338', details: issue ? [{ issue }] : [] };
  return failureOfRefusal(readRefusal({ status, headers, body: Buffer.from(JSON.stringify(body)) }), effect);
}

describe("PayPal's words", () => {
  it.each([
    [422, 'INSTRUMENT_DECLINED', 'needs-person', 'instrument-declined'],
    [422, 'PAYER_ACTION_REQUIRED', 'needs-person', 'payer-action-required'],
    [422, 'AGREEMENT_ALREADY_CANCELLED', 'needs-person', 'consent-revoked'],
    [422, 'TOKEN_ID_NOT_FOUND', 'needs-person', 'consent-revoked'],
    [422, 'DUPLICATE_INVOICE_ID', 'already-done', 'duplicate'],
    [422, 'CAPTURE_FULLY_REFUNDED', 'already-done', 'duplicate'],
    [422, 'ORDER_COMPLETION_IN_PROGRESS', 'unknown', 'in-progress'],
    [409, 'PREVIOUS_REQUEST_IN_PROGRESS', 'unknown', 'in-progress'],
    [422, 'REFUND_FAILED_INSUFFICIENT_FUNDS', 'wait-long', 'insufficient-funds'],
    [422, 'PAYEE_ACCOUNT_RESTRICTED', 'wait-long', 'account-restricted'],
    [401, 'INVALID_ACCOUNT_STATUS', 'wait-long', 'account-restricted'],
    [403, 'PERMISSION_DENIED', 'wait-long', 'not-authorized'],
    [422, 'PAYER_ACCOUNT_RESTRICTED', 'final', 'account-restricted'],
    [422, 'COMPLIANCE_VIOLATION', 'final', 'refused'],
    [422, 'TRANSACTION_LIMIT_EXCEEDED', 'final', 'limit-exceeded'],
    [404, 'INVALID_RESOURCE_ID', 'final', 'not-found'],
    [400, 'MALFORMED_REQUEST_JSON', 'final', 'invalid-request'],
  ])('%i %s means %s, because of %s', (status, issue, outcome, reason) => {
    const failure = refused(status, issue);
    expect(failure).toMatchObject({ outcome, reason });
    expect(failure.detail).toMatchObject({ providerCode: `${NAMES[status]}/${issue}`, debugId: 'f05063556a338' });
  });

  it('are read from the name alone where payouts give no issue', () => {
    expect(refused(403, undefined).outcome).toBe('wait-long');
    expect(refused(423, 'SENDER_LOCKED')).toMatchObject({ outcome: 'wait-long', reason: 'account-restricted' });
  });

  it('are read from the issue where both name and issue have a meaning', () => {
    const body = { name: 'AUTHORIZATION_ERROR', details: [{ issue: 'INSTRUMENT_DECLINED' }] };
    const refusal = readRefusal({ status: 403, headers: {}, body: Buffer.from(JSON.stringify(body)) });
    expect(failureOfRefusal(refusal, 'moves').outcome).toBe('needs-person');
  });

  it('never make an operation of money seem undone that may be done, whatever issue the documents list', () => {
    const file = resolve(process.cwd(), '../shared/reference/paypal/issues-by-operation.json');
    const documented = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string[]>>;
    const inProgress = ['PREVIOUS_REQUEST_IN_PROGRESS', 'ORDER_COMPLETION_IN_PROGRESS'];
    let judged = 0;
    for (const [operation, issues] of Object.entries(documented)) {
      if (!/(POST \/v2\/checkout\/orders|captures\/\{capture_id\}\/refund)/.test(operation)) continue;
      const status = Number(operation.split(' ').at(-1));
      for (const issue of Object.keys(issues)) {
        const { outcome } = refused(status, issue);
        judged += 1;
        if (inProgress.includes(issue)) expect([issue, outcome]).toEqual([issue, 'unknown']);
        else expect([issue, outcome]).not.toEqual([issue, 'unknown']);
        if (/ALREADY_CAPTURED|FULLY_REFUNDED|DUPLICATE_INVOICE/.test(issue)) expect(outcome).toBe('already-done');
      }
    }
    expect(judged).toBeGreaterThan(200);
  });
});

describe('a status', () => {
  it.each([500, 502, 503, 504, 408, 409, 302])('%i to a call that moves money may hide that it was done', (status) => {
    expect(refused(status).outcome).toBe('unknown');
    expect(refused(status, undefined, 'reads').outcome).toBe('retry');
  });

  it('429 is retried after the time it names', () => {
    const failure = refused(429, undefined, 'moves', { 'retry-after': '7' });
    expect(failure).toMatchObject({ outcome: 'retry', reason: 'rate-limited', detail: { retryAfterMs: 7_000 } });
  });

  it('429 without a time is retried after half a minute', () => {
    expect(refused(429)).toMatchObject({ outcome: 'retry', detail: { retryAfterMs: 30_000 } });
  });

  it('429 that names a long time is for people to wait on', () => {
    expect(refused(429, undefined, 'moves', { 'retry-after': '3600' })).toMatchObject({ outcome: 'wait-long' });
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    expect(refused(429, undefined, 'moves', { 'retry-after': date }).outcome).toBe('wait-long');
  });
});

it('Any answer that is no success becomes one of the six outcomes, and in-doubt ones are never called done or undone', () => {
  const body = fc.oneof(fc.string(), fc.json(), fc.record({ name: fc.string(), details: fc.anything() }).map(safeJson));
  const headers = fc.record({ 'retry-after': fc.oneof(fc.string(), fc.nat().map(String)) });
  const statuses = fc.integer({ min: 100, max: 599 }).filter((status) => status < 200 || status > 299);
  fc.assert(
    fc.property(statuses, body, headers, fc.constantFrom('reads', 'moves'), (status, text, header, effect) => {
      const refusal = readRefusal({ status, headers: header, body: Buffer.from(text) });
      const failure = failureOfRefusal(refusal, effect as Effect);
      if (effect === 'reads') expect(failure.outcome).not.toBe('unknown');
      if (effect === 'moves' && status >= 500 && refusal.codes.length === 0) expect(failure.outcome).toBe('unknown');
      expect(failure.detail.providerCode.length).toBeLessThan(10_000);
      if (failure.detail.retryAfterMs !== undefined) expect(failure.detail.retryAfterMs).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 1_000, seed: 20_171_020 },
  );
});

it('A fault before the request left is undone; after it, only a call that reads is', () => {
  for (const effect of ['reads', 'moves'] as const) {
    expect(failureOfFault(new TransportFault(false, 'timed-out', 'DEADLINE'), effect).outcome).toBe('retry');
    const after = failureOfFault(new TransportFault(true, 'unavailable', 'ECONNRESET'), effect);
    expect(after.outcome).toBe(effect === 'moves' ? 'unknown' : 'retry');
  }
});

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '{}';
  }
}
