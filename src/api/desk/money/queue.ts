import type { OpenCase } from '../../../store';
import type { PaymentWish } from '../../../temporal/gateway/gateway';
import { Refused } from '../../../temporal/gateway/gateway';
import { MoneyAnswer, MoneyQueue, NoBody, SettleBody } from '../../contract/money';
import type { MoneyCase } from '../../contract/money';
import { Problem, notFound } from '../../problem';
import { OPERATES, SEES_MONEY } from '../access/roles';
import type { DeskDependencies } from '../dependencies';
import type { JsonRoutes } from '../json-routes';
import { pathPart } from '../json-routes';

/** Cases that one answer lists: more than a team can look at, and little enough to read at once. */
const MOST_LISTED = 500;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const WISHES = {
  hold: 'Make the payment wait at its next safe point',
  release: 'Let a held payment go on',
  drain: 'End the payment soon: cancelled if nothing was taken yet, otherwise completed',
} as const satisfies Partial<Record<PaymentWish, string>>;

/** The one queue of everything open about money, and what operators do about it. The workflow decides on every press. */
export function declareMoney(routes: JsonRoutes, { store, gateway, now = () => new Date() }: DeskDependencies): void {
  routes.declare(
    {
      method: 'get',
      path: '/api/desk/money',
      who: SEES_MONEY,
      summary: 'Everything open about money, the nearest deadline first',
      answer: MoneyQueue,
    },
    async () => {
      const at = now();
      return { cases: (await store.cases.listOpen(MOST_LISTED)).map((open) => wireCase(open, at)) };
    },
  );

  for (const [what, summary] of Object.entries(WISHES) as [keyof typeof WISHES, string][]) {
    routes.declare(
      {
        method: 'post',
        path: `/api/desk/money/:paymentId/${what}`,
        who: OPERATES,
        summary,
        body: NoBody,
        answer: MoneyAnswer,
      },
      async ({ request, rep }) => {
        const paymentId = await subjectOf(pathPart(request, 'paymentId'));
        await audit(what, rep.name, { paymentId });
        return { paymentId, status: await decided(gateway.askPayment(paymentId, what, { by: rep.name })) };
      },
    );
  }

  routes.declare(
    {
      method: 'post',
      path: '/api/desk/money/:paymentId/settle',
      who: OPERATES,
      summary: 'Say what was proven about a payment, or about a case that belongs to none',
      body: SettleBody,
      answer: MoneyAnswer,
    },
    async ({ request, rep, body }) => {
      const paymentId = await subjectOf(pathPart(request, 'paymentId'));
      await audit('settle', rep.name, { paymentId, ...body });
      return { paymentId, status: await decided(gateway.settlePayment(paymentId, { operator: rep.name, ...body })) };
    },
  );

  /** A payment, or a case by itself. @throws Problem 404 for anything else */
  async function subjectOf(id: string): Promise<string> {
    if (!UUID.test(id)) throw NO_SUCH_PAYMENT;
    if ((await store.payments.find(id)) ?? (await store.cases.find(id))) return id;
    throw NO_SUCH_PAYMENT;
  }

  /** Before anything is asked: a press that is refused later may stand in the record, one that is missing may not. */
  function audit(what: string, actor: string, detail: Record<string, unknown>): Promise<void> {
    return store.deskEvents.append({ kind: `money-${what}`, actor, detail });
  }
}

function wireCase({ caseId, paymentId, kind, payment, openedAt, deadline, ...open }: OpenCase, at: Date): MoneyCase {
  return {
    id: caseId,
    ...(paymentId === undefined ? {} : { paymentId }),
    kind,
    ...(payment === undefined ? {} : { state: payment.state, amount: payment.amount }),
    openedAt: openedAt.toISOString(),
    age: Math.max(0, Math.floor((at.getTime() - openedAt.getTime()) / 1_000)),
    owner: open.owner,
    deadline: deadline.toISOString(),
    overdue: deadline < at,
    nextAction: open.nextAction,
    detail: open.detail,
  };
}

/** The workflow's answer. @throws Problem 409 where it refuses */
async function decided<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refused && error.code === 'closed') throw NOT_WAITING;
    throw error;
  }
}

const NO_SUCH_PAYMENT = notFound('There is no such payment.');

const NOT_WAITING = new Problem(409, {
  code: 'closed',
  title: 'Not possible where the payment stands',
  detail: 'Nothing was done: the payment does not wait for this, or has gone on. Read the queue again.',
});
