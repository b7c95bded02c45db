import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { createLog, startTracing, withSpan, activeTrace } from '../../src/observability';
import type { Log, LogFields, LogLevel } from '../../src/observability';

function logInto(lines: string[], level: LogLevel = 'debug'): Log {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trim().split('\n'));
      done();
    },
  });
  return createLog({ part: 'test', level, destination });
}

const parsed = (line: string | undefined) => JSON.parse(line ?? '{}') as Record<string, unknown>;

describe('what leaves in a log', () => {
  test('are level, time, part, message and the fields on the list', () => {
    const lines: string[] = [];
    logInto(lines).info('webhook accepted', { provider: 'messenger', count: 3, workflowId: 'conversation/1/ab' });
    expect(parsed(lines[0])).toMatchObject({
      level: 30,
      part: 'test',
      msg: 'webhook accepted',
      provider: 'messenger',
      count: 3,
      workflowId: 'conversation/1/ab',
    });
  });

  test('a field that is not on the list is left out', () => {
    const lines: string[] = [];
    logInto(lines).foreign('info', 'x', { email: 'dana@example.com', token: 'abc' });
    expect(parsed(lines[0])).not.toHaveProperty('email');
    expect(lines[0]).not.toMatch(/dana|abc/);
  });

  test('a listed field that holds free text or an e-mail address says only that it was withheld', () => {
    const lines: string[] = [];
    logInto(lines).info('x', { reason: 'Dana Reyes owes me money', code: 'dana@example.com' });
    expect(parsed(lines[0])).toMatchObject({ reason: '[withheld]', code: '[withheld]' });
  });

  test('of an error it is kind, code and places, for each of its causes, without the messages', () => {
    const lines: string[] = [];
    const cause = Object.assign(new TypeError('token abc123 is wrong'), { code: 'ECONNRESET' });
    logInto(lines).error('failed', { error: new Error('for Dana Reyes\n    at home in Ohio', { cause }) });
    const { error } = parsed(lines[0]) as {
      error: { kind: string; at: string[]; cause: { kind: string; code: string } };
    };
    expect(error).toMatchObject({ kind: 'Error', cause: { kind: 'TypeError', code: 'ECONNRESET' } });
    expect(error.at[0]).toContain('log.test.ts');
    expect(lines[0]).not.toMatch(/Dana|Ohio|abc123/);
  });

  test('something thrown that is no error is named by its type alone', () => {
    const lines: string[] = [];
    logInto(lines).error('failed', { error: 'Dana Reyes' });
    expect(parsed(lines[0])).toMatchObject({ error: { kind: 'string' } });
  });

  test('messages below the level stay away', () => {
    const lines: string[] = [];
    const log = logInto(lines, 'warn');
    log.info('not this');
    log.warn('this');
    expect(lines).toHaveLength(1);
  });

  test('a message is written out in the source: one put together at run time does not compile', () => {
    const lines: string[] = [];
    const name: string = 'Dana';
    // @ts-expect-error A text that is not a literal may hold anything.
    logInto(lines).info(`hello ${name}`);
    expect(lines).toHaveLength(1);
  });

  test('the active trace stands in every line written within it', async () => {
    startTracing();
    const lines: string[] = [];
    const log = logInto(lines);
    const inside = await withSpan('work', async () => {
      await Promise.resolve();
      log.info('inside');
      return activeTrace();
    });
    log.info('outside');
    expect(parsed(lines[0])).toMatchObject(inside ?? {});
    expect(inside?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(parsed(lines[1])).not.toHaveProperty('traceId');
  });
});

describe('fifty secrets planted in objects and errors', () => {
  const SECRETS = Array.from({ length: 50 }, () => `canary ${randomBytes(8).toString('hex')}`);

  /** Buries a secret under a name, in one of the ways that slip past a list of forbidden names. */
  function bury(secret: string, way: number): LogFields {
    const names = [
      'access_token',
      'error',
      'kind',
      'code',
      'status',
      'body',
      'reason',
      'workflowId',
      'name',
      'headers',
    ];
    const name = names[way % names.length] ?? 'x';
    const error = Object.assign(new Error(secret, { cause: new Error(`again ${secret}`) }), {
      code: secret,
      type: secret,
      response: { data: secret },
      name: way % 3 === 0 ? secret : 'Error',
      stack: `Error: ${secret}\n    at ${secret} (file.js:1:1)`,
    });
    const ways: unknown[] = [
      { [name]: { deep: { deeper: [{ [name]: secret }] } } },
      { [name]: [secret, [secret]] },
      { [name]: { toJSON: () => secret } },
      { error },
      { error: { name: secret, stack: secret, message: secret } },
      { error: new AggregateError([new Error(secret)], secret) },
      { [name]: secret },
      { err: error, req: { headers: { authorization: secret } }, [secret]: 'as a name' },
    ];
    return ways[way % ways.length] as LogFields;
  }

  test('none of them leaves', () => {
    const lines: string[] = [];
    const log = logInto(lines);
    SECRETS.forEach((secret, index) => {
      for (let way = 0; way < 40; way += 1) log.foreign('error', 'planted', bury(secret, way + index));
    });
    expect(lines).toHaveLength(SECRETS.length * 40);
    const output = lines.join('\n');
    expect(SECRETS.filter((secret) => output.includes(secret))).toEqual([]);
    expect(output).toContain('[withheld]');
  });
});
