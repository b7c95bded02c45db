import type { ZodType } from 'zod';
import type { Store } from '../../../store';
import type { RepActions } from '../../../temporal/gateway/gateway';
import type { ConversationView, RepAction } from '../../../../workflows/messages/conversation';
import {
  ActionAnswer,
  NoteBody,
  Press,
  ReplyBody,
  ResolveBody,
  SnoozeBody,
  TransferBody,
} from '../../contract/actions';
import { ACTION_CHANGED, Problem } from '../../problem';
import { bodyHashOf } from './body-hash';
import { conversationOf } from './reading';
import type { DeskDependencies } from '../dependencies';
import type { JsonRoutes } from '../json-routes';
import { pathPart } from '../json-routes';
import { perMinute } from '../../rate-limits';
import { ACTS } from '../access/roles';
import type { Sessions } from '../access/sessions';
import { afterAction } from './shapes';

/** Replies of one rep in a minute: faster than anybody types, slower than a page gone wild. */
const REPLIES_A_MINUTE = 60;

/** What an action carries beside who pressed it. */
type Carried<Name extends keyof RepActions> = Omit<RepActions[Name], keyof RepAction>;

interface ActionRoute<Name extends keyof RepActions, Body> {
  /** Last part of the path, and the name under which the action is recorded. */
  kind: string;
  name: Name;
  summary: string;
  body: ZodType<Body>;
  carries: (body: Body) => Carried<Name> | Promise<Carried<Name>>;
  limited?: boolean;
}

/** What reps do. The workflow decides on every press; the store only recognises one that was decided before. */
export function declareActions(routes: JsonRoutes, deps: DeskDependencies, sessions: Sessions): void {
  const { store, now = () => new Date() } = deps;
  const declare = actionDeclarer(routes, deps, sessions);
  const nothing = () => ({});

  declare({ kind: 'claim', name: 'claim', summary: 'Take the conversation', body: Press, carries: nothing });
  declare({ kind: 'release', name: 'release', summary: 'Back to the queue', body: Press, carries: nothing });
  declare({ kind: 'return-to-bot', name: 'returnToBot', summary: 'Back to the bot', body: Press, carries: nothing });
  declare({
    kind: 'reply',
    name: 'reply',
    summary: 'Write to the person, or send a message again that did not arrive',
    body: ReplyBody,
    limited: true,
    carries: ({ text, retryOf }) => ({ text, ...(retryOf ? { retryOf } : {}) }),
  });
  declare({
    kind: 'note',
    name: 'note',
    summary: 'Write to colleagues; the person never sees it',
    body: NoteBody,
    carries: ({ text }) => ({ text }),
  });
  declare({
    kind: 'transfer',
    name: 'transfer',
    summary: 'Give the conversation to another rep or team',
    body: TransferBody,
    carries: async ({ to, reason }) => ({ to: 'repId' in to ? await receiverOf(store, to.repId) : to, reason }),
  });
  declare({
    kind: 'snooze',
    name: 'snooze',
    summary: 'Put the conversation aside until a time or the next message',
    body: SnoozeBody,
    carries: (body) => ('until' in body ? { until: laterThan(now(), body.until) } : { untilMessage: true }),
  });
  declare({
    kind: 'resolve',
    name: 'resolve',
    summary: 'Done; the bot answers next, unless you keep the conversation',
    body: ResolveBody,
    carries: ({ reason, keep }) => ({ reason, ...(keep === undefined ? {} : { keep }) }),
  });
}

function actionDeclarer(routes: JsonRoutes, { store, gateway }: DeskDependencies, sessions: Sessions) {
  const limit = perMinute(REPLIES_A_MINUTE, {
    keyOf: (request) => sessions.tokenHash(request)?.toString('hex') ?? '',
    detail: 'Wait a minute and try again. What you have typed is kept.',
  });

  return function declare<Name extends keyof RepActions, Body extends { actionId: string }>(
    action: ActionRoute<Name, Body>,
  ): void {
    const { kind, name, summary, body: schema, carries, limited } = action;
    const path = `/api/desk/conversations/:id/${kind}`;
    const before = limited ? [limit] : [];
    routes.declare(
      { method: 'post', path, who: ACTS, summary, body: schema, answer: ActionAnswer, before },
      async ({ request, body, rep }) => {
        const row = await conversationOf(store, pathPart(request, 'id'));
        const press = {
          actionId: body.actionId,
          conversationId: row.conversationId,
          repId: rep.repId,
          kind,
          bodyHash: bodyHashOf(kind, body),
        };
        const view =
          (await answeredBefore(store, press)) ??
          (await gateway.act(row.conversationId, name, {
            actionId: press.actionId,
            bodyHash: press.bodyHash,
            rep: { id: rep.repId, name: rep.name },
            ...(await carries(body)),
          } as RepActions[Name]));
        const current = await conversationOf(store, row.conversationId);
        return {
          conversation: afterAction(current, view),
          ...(view.message ? { message: view.message } : {}),
        };
      },
    );
  };
}

/** One press of one button, by one rep, in one conversation, with one content. */
interface PressOfButton {
  actionId: string;
  conversationId: string;
  repId: string;
  kind: string;
  bodyHash: string;
}

/**
 * The answer that this press got before, if it did: it is not carried out again, whether its conversation still runs or
 * not. @throws Problem 422 when the id stands for another press.
 */
async function answeredBefore(store: Store, press: PressOfButton): Promise<ConversationView | undefined> {
  const known = await store.actions.find(press.actionId);
  if (!known) return undefined;
  const same =
    known.conversationId === press.conversationId &&
    known.repId === press.repId &&
    known.kind === press.kind &&
    known.bodyHash === press.bodyHash;
  if (!same) throw ACTION_CHANGED;
  return known.answer as ConversationView;
}

/** @throws Problem 400 for an id that no rep has who could take it. */
async function receiverOf(store: Store, repId: string): Promise<{ repId: string; name: string }> {
  const rep = await store.reps.find(repId);
  if (!rep || !(ACTS as readonly string[]).includes(rep.role)) throw wrongField('to.repId', 'is no rep');
  return { repId: rep.repId, name: rep.name };
}

function laterThan(now: Date, until: string): number {
  const time = Date.parse(until);
  if (time <= now.getTime()) throw wrongField('until', 'must lie in the future');
  return time;
}

function wrongField(field: string, problem: string): Problem {
  const detail = `${field}: ${problem}`;
  const extra = { fields: [{ field, problem }] };
  return new Problem(400, { code: 'wrong_input', title: 'The request cannot be understood', detail, extra });
}
