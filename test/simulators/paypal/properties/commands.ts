import fc from 'fast-check';
import { approveOrder, liveOrder } from '../../../../src/simulators/paypal/checkout/orders';
import { completeCapture, declineCapture } from '../../../../src/simulators/paypal/checkout/captures';
import { openAccount, platformOf } from '../../../../src/simulators/paypal/money/accounts';
import { claimPayouts } from '../../../../src/simulators/paypal/payouts/settlement';
import { openDispute, resolveDispute, reverseCapture } from '../../../../src/simulators/paypal/reporting/disputes';
import type { AccountState } from '../../../../src/simulators/paypal/state/records';
import { approveSetupToken } from '../../../../src/simulators/paypal/vault/setup-tokens';
import { PEOPLE, walletOf } from './bench-bank';
import type { BenchBank } from './bench-bank';

/** What happens to a call on its way: it may be lost, its answer may be, it may come twice, also at the same time. */
type Fate = 'arrives' | 'request lost' | 'answer lost' | 'comes twice' | 'overlaps itself' | 'crash after it';

/** A call of the API under a key (or batch id) out of a few, so that keys meet again. */
export interface ApiCall {
  kind: 'charge' | 'order' | 'capture' | 'refund' | 'payout' | 'cancel' | 'vault';
  key: number;
  who: number;
  cents: number;
  pick: number;
  fate: Fate;
}

export type Command =
  | ApiCall
  | { kind: 'wait'; ms: number }
  | { kind: 'state'; who: number; state: AccountState; reviewed: boolean }
  | {
      kind: 'approve' | 'decide' | 'reverse' | 'dispute' | 'resolve' | 'approve-setup';
      pick: number;
      who: number;
      good: boolean;
    }
  | { kind: 'new-account'; who: number; cents: number };

const HOUR = 3_600_000;
const fates: Fate[] = ['arrives', 'request lost', 'answer lost', 'comes twice', 'overlaps itself', 'crash after it'];

const apiCall: fc.Arbitrary<ApiCall> = fc.record({
  kind: fc.constantFrom(
    'charge' as const,
    'charge' as const,
    'order' as const,
    'capture' as const,
    'refund' as const,
    'refund' as const,
    'payout' as const,
    'payout' as const,
    'cancel' as const,
    'vault' as const,
  ),
  key: fc.nat(3),
  who: fc.nat(4),
  cents: fc.integer({ min: 1, max: 6000 }),
  pick: fc.nat(20),
  fate: fc.constantFrom(...fates),
});

/** Anything that an application, a person, PayPal or time may do. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: apiCall },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(600, 1000, HOUR, 3 * HOUR, 6 * HOUR, 24 * HOUR, 31 * 24 * HOUR, 46 * 24 * HOUR),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('state' as const),
      who: fc.nat(2),
      state: fc.constantFrom('ok' as const, 'ok' as const, 'restricted' as const, 'closed' as const),
      reviewed: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'approve' as const,
        'approve' as const,
        'decide' as const,
        'reverse' as const,
        'dispute' as const,
        'resolve' as const,
        'approve-setup' as const,
      ),
      pick: fc.nat(20),
      who: fc.nat(2),
      good: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('new-account' as const), who: fc.nat(4), cents: fc.nat(500) }),
  },
);

/** Receivers of payouts: three people, somebody unknown, and the platform itself. */
const receiverOf = (bank: BenchBank, who: number): string =>
  PEOPLE[who] ?? (who === 3 ? 'unknown@example.com' : platformOf(bank.world).email);

const pickOf = <T>(values: T[], pick: number): T | undefined => values[pick % Math.max(1, values.length)];

const money = (cents: number) => (cents / 100).toFixed(2);

/** Method, path, body and key of a call. Everything that may have one effect carries a name by which it is counted. */
export function wire(bank: BenchBank, call: ApiCall): [method: string, path: string, body: unknown, key?: string] {
  const { world } = bank;
  const name = `${call.kind}-${call.key}`;
  const amount = { currency_code: 'USD', value: money(call.cents) };
  const unit = { amount, custom_id: name };
  const wallet = { paypal: { vault_id: walletOf(call.who % PEOPLE.length) } };
  switch (call.kind) {
    case 'charge':
      return [
        'POST',
        '/v2/checkout/orders',
        { intent: 'CAPTURE', purchase_units: [unit], payment_source: wallet },
        name,
      ];
    case 'order':
      return ['POST', '/v2/checkout/orders', { intent: 'CAPTURE', purchase_units: [{ amount }] }, name];
    case 'capture': {
      const order = pickOf(world.orders.values(), call.pick);
      return ['POST', `/v2/checkout/orders/${order?.id ?? 'NONE'}/capture`, {}, name];
    }
    case 'refund': {
      const capture = pickOf(world.captures.values(), call.pick);
      const body = { custom_id: name, ...(call.cents % 2 ? { amount } : {}) };
      return ['POST', `/v2/payments/captures/${capture?.id ?? 'NONE'}/refund`, body, name];
    }
    case 'payout': {
      const value = { currency: 'USD', value: money(call.cents) };
      const item = { recipient_type: 'EMAIL', receiver: receiverOf(bank, call.who), amount: value };
      return ['POST', '/v1/payments/payouts', { sender_batch_header: { sender_batch_id: name }, items: [item] }];
    }
    case 'cancel': {
      const item = pickOf(world.items.values(), call.pick);
      return ['POST', `/v1/payments/payouts-item/${item?.id ?? 'NONE'}/cancel`, undefined];
    }
    case 'vault': {
      const setup = pickOf(world.setupTokens.values(), call.pick);
      if (setup?.status === 'APPROVED') {
        const source = { token: { id: setup.id, type: 'SETUP_TOKEN' } };
        return ['POST', '/v3/vault/payment-tokens', { payment_source: source }, name];
      }
      const urls = { return_url: 'http://127.0.0.1/', cancel_url: 'http://127.0.0.1/' };
      const paypal = { description: name, experience_context: urls };
      return ['POST', '/v3/vault/setup-tokens', { payment_source: { paypal } }, name];
    }
  }
}

/** Does what is not a call of the API. */
export function happen(bank: BenchBank, command: Exclude<Command, ApiCall>): void {
  const { world } = bank;
  const person = (who: number) => world.account(PEOPLE[who % PEOPLE.length] ?? '');
  switch (command.kind) {
    case 'wait':
      return bank.wait(command.ms);
    case 'state': {
      const account = person(command.who);
      if (account)
        world.accounts.set(
          account.payerId,
          Object.assign(account, { state: command.state, reviewed: command.reviewed }),
        );
      return;
    }
    case 'new-account': {
      const email = command.who === 3 ? 'unknown@example.com' : `new-${world.accounts.size}@example.com`;
      if (world.account(email)) return;
      const { payerId } = openAccount(world, { email, name: email, country: 'US', balances: { USD: command.cents } });
      return claimPayouts(world, payerId);
    }
    case 'approve': {
      const order = pickOf(world.orders.values(), command.pick);
      const account = person(command.who);
      const open = order && liveOrder(world, order.id) && order.status !== 'COMPLETED' && order.flow !== 'vault';
      if (open && account) approveOrder(world, order, account.payerId);
      return;
    }
    case 'decide': {
      const capture = pickOf(
        world.captures.values().filter(({ status }) => status === 'PENDING'),
        command.pick,
      );
      if (capture) (command.good ? completeCapture : declineCapture)(world, capture);
      return;
    }
    case 'reverse': {
      const capture = pickOf(world.captures.values(), command.pick);
      if (capture) reverseCapture(world, capture);
      return;
    }
    case 'dispute': {
      const capture = pickOf(world.captures.values(), command.pick);
      if (capture) openDispute(world, capture, 'UNAUTHORISED', 'Not mine');
      return;
    }
    case 'resolve': {
      const dispute = pickOf(
        world.disputes.values().filter(({ status }) => status === 'OPEN'),
        command.pick,
      );
      const outcome = command.good ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR';
      if (dispute) resolveDispute(world, dispute, outcome);
      return;
    }
    case 'approve-setup': {
      const setup = pickOf(world.setupTokens.values(), command.pick);
      const account = person(command.who);
      if (setup?.status === 'PAYER_ACTION_REQUIRED' && account) approveSetupToken(world, setup, account.payerId);
      return;
    }
  }
}
