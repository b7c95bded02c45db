import { errorIn } from '../../../src/local/processes/log-lines';

describe('what the person at the terminal sees of a part’s log', () => {
  it.each([
    ['an error of the log', 'output', '{"level":50,"msg":"cannot reach PayPal"}', 'cannot reach PayPal'],
    ['its cause', 'output', '{"level":60,"msg":"gone","err":{"message":"ECONNREFUSED"}}', 'gone: ECONNREFUSED'],
    ['plain text on the error stream', 'errors', 'TypeError: x is not a function', 'TypeError: x is not a function'],
  ] as const)('is %s', (_, from, line, seen) => {
    expect(errorIn(line, from)).toBe(seen);
  });

  it.each([
    ['an informing line', 'output', '{"level":30,"msg":"listening"}'],
    ['plain output', 'output', 'hello'],
    ['a warning of Node', 'errors', '(node:12) ExperimentalWarning: Importing JSON modules'],
    ['what the Temporal SDK tells', 'errors', '2026-01-01T00:00:00.000Z [INFO] Worker state changed'],
    ['the print of an object', 'output', '{ level: 50 }'],
  ] as const)('is not %s', (_, from, line) => {
    expect(errorIn(line, from)).toBeUndefined();
  });
});
