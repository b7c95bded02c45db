import fc from 'fast-check';
import { OPERATIONS } from '../../../../src/simulators/paypal/api/operations';
import { balanceOf, totals } from '../../../../src/simulators/paypal/money/bank';
import type { Operation } from '../../../../src/simulators/paypal/api/call';
import { BenchBank } from './bench-bank';
import type { Planted } from './bench-bank';
import { anyCommand, happen, wire } from './commands';
import type { ApiCall, Command } from './commands';

const RUNS = 2000;
const LONGEST = 30;
const SEED = 20_171_020;

const HOUR = 3_600_000;
/** For how long the same name must not have a second effect. */
const KEY_LIVES = { capture: 6 * HOUR, refund: 45 * 24 * HOUR, batch: 30 * 24 * HOUR, setup: 3 * HOUR };

async function carryOut(bank: BenchBank, call: ApiCall): Promise<void> {
  const [method, path, body, key] = wire(bank, call);
  const send = () => bank.admit(method, path, body, key);
  if (call.fate === 'request lost') return;
  const first = send();
  if (call.fate === 'overlaps itself') {
    const second = send();
    second();
  }
  const answer = first();
  // The process dies before or after it has written the effect down; either way nobody was answered.
  if (call.fate !== 'crash after it' || call.pick % 2 === 0) await bank.world.documents.commit();
  if (call.fate === 'crash after it') await bank.crash();
  // Whoever got no answer, or is in doubt, asks again.
  if (call.fate !== 'arrives') send()();
  if (answer.status >= 500) throw new Error(`${method} ${path} gave ${answer.status}`);
}

/** Throws if one name had two effects while its key or batch id was remembered. */
function expectOnce(kind: keyof typeof KEY_LIVES, effects: { name: string | undefined; at: number }[]): void {
  const last = new Map<string, number>();
  for (const { name, at } of effects.toSorted((one, other) => one.at - other.at)) {
    if (name === undefined) continue;
    const before = last.get(name);
    if (before !== undefined && at - before < KEY_LIVES[kind]) throw new Error(`${kind} ${name} took effect twice`);
    last.set(name, at);
  }
}

function expectEachOnce({ world }: BenchBank): void {
  const captures = world.captures.values().map(({ customId, createdAt }) => ({ name: customId, at: createdAt }));
  expectOnce('capture', captures);
  const refunds = world.refunds.values().map(({ customId, createdAt }) => ({ name: customId, at: createdAt }));
  expectOnce('refund', refunds);
  const batches = world.batches.values().filter(({ status }) => status !== 'DENIED');
  expectOnce(
    'batch',
    batches.map(({ senderBatchId, createdAt }) => ({ name: senderBatchId, at: createdAt })),
  );
  const setups = world.setupTokens
    .values()
    .map(({ echo, createdAt }) => ({ name: String(echo['description']), at: createdAt }));
  expectOnce('setup', setups);
}

async function play(commands: Command[], planted: Planted): Promise<void> {
  const bank = await BenchBank.open(planted);
  const allMoney = (): string => JSON.stringify(totals(bank.world));
  for (const command of commands) {
    const before = allMoney();
    const accounts = new Set(bank.world.accounts.values().map(({ payerId }) => payerId));
    if ('fate' in command) {
      await carryOut(bank, command);
    } else {
      happen(bank, command);
      await bank.world.documents.commit();
    }
    if (command.kind === 'new-account') {
      const opened = bank.world.accounts.values().filter(({ payerId }) => !accounts.has(payerId)).length;
      const brought = Number(JSON.parse(allMoney()).USD) - Number(JSON.parse(before).USD);
      if (Math.round(brought * 100) !== opened * command.cents) throw new Error(`an account brought ${brought}`);
    } else if (allMoney() !== before) {
      throw new Error(`${command.kind} changed all money from ${before} to ${allMoney()}`);
    }
    const poor = bank.world.accounts.values().find((account) => balanceOf(account, 'USD') < 0);
    if (poor) throw new Error(`${poor.email} has less than nothing`);
  }
  expectEachOnce(bank);
}

const check = (planted: Planted, runs = RUNS) =>
  fc.check(
    fc.asyncProperty(fc.array(anyCommand, { maxLength: LONGEST, size: 'max' }), (commands) => play(commands, planted)),
    { seed: SEED, numRuns: runs },
  );

/** Gives the payer a cent too much with every refund. */
const generous = (operation: Operation): Operation => ({
  ...operation,
  run(world, call) {
    const answer = operation.run(world, call);
    const [account] = world.accounts.values().filter(({ role }) => role === 'person');
    if (account) account.balances['USD'] = balanceOf(account, 'USD') + 1;
    return answer;
  },
});

describe('whatever happens, in whatever order, with calls lost, doubled and overlapping and the process killed', () => {
  test('no money is made or lost, nobody is overdrawn, and every key takes effect once while it is remembered', async () => {
    const result = await check({});
    expect(result.failed ? fc.defaultReportMessage(result) : result.numRuns).toBe(RUNS);
  }, 120_000);

  test('a memory that forgets its keys is found out', async () => {
    const result = await check({ keys: () => ({ recall: () => undefined, remember: () => {} }) });
    expect(result.failed).toBe(true);
    expect(result.errorInstance).toMatchObject({ message: expect.stringMatching(/took effect twice/) as string });
  });

  test('a refund that pays a cent too much is found out', async () => {
    const operations = OPERATIONS.map((one) => (one.path.endsWith('/refund') ? generous(one) : one));
    const result = await check({ operations });
    expect(result.failed).toBe(true);
    expect(result.errorInstance).toMatchObject({
      message: expect.stringMatching(/refund changed all money/) as string,
    });
  });
});
