import { ApplicationFailure } from '@temporalio/common';
import type { TextKey } from '../../src/domain/chat/say';
import type { FailureType } from '../../src/domain/failures';
import type { Refusal } from '../../src/domain/handoff/owner';
import type { OutboxRow, Store } from '../../src/store';
import type { ConversationView } from '../../workflows/messages/conversation';
import type { Outbox, Sent } from '../chat/outbox';
import type { Post } from '../chat/post';
import type { Dependencies } from '../dependencies';
import type { OwnerChange, RepActionKind, RepActionResult, RepActionStep } from './results';

/** What the person hears of an action, in the name of the service. */
const TOLD: Partial<Record<RepActionKind, TextKey>> = {
  claim: 'handoff.joined',
  release: 'handoff.released',
  resolve: 'handoff.back-to-bot',
  'return-to-bot': 'handoff.back-to-bot',
};

/** Actions that end a rep's work on the conversation. */
const GIVES_BACK: ReadonlySet<RepActionKind> = new Set(['release', 'resolve', 'return-to-bot', 'transfer']);

/**
 * Carries out what a rep pressed: slot, owner, history, message and answer in one transaction, then the message. The
 * action's id makes all of it happen once, also in a later run of the conversation.
 */
export function createRepActions(
  { store }: Pick<Dependencies, 'store'>,
  outbox: Outbox,
  post: Post,
): { repAct(step: RepActionStep): Promise<RepActionResult>; changeOwner(change: OwnerChange): Promise<void> } {
  return {
    async repAct(step: RepActionStep): Promise<RepActionResult> {
      const { action } = step;
      if (step.kind === 'reply' && action.retryOf) return replyAgain(step, action.retryOf);
      const cards = await cardsOf(step);
      const done = await store.transaction(async (tx) => {
        const before = await tx.actions.find(action.actionId);
        if (before && before.bodyHash !== action.bodyHash) throw changed();
        const answered = before && (before.answer as ConversationView);
        // The same press carried out anew after a crash leads to the same owner; any other came in an earlier run.
        if (answered && answered.owner.epoch !== step.owner.epoch) return { answered };
        if (!before) {
          const refusal = await takeSlots(tx, step);
          if (refusal) return { refused: refusal, written: [] };
          await record(tx, step);
        }
        const written: OutboxRow[] = [];
        for (const card of cards) written.push(await post.write(tx, card));
        return { refused: undefined, written };
      });
      if (done.answered) return { answered: done.answered };
      if (done.refused) return { refused: done.refused };
      const sent: { id: string; state: Sent }[] = [];
      for (const row of done.written) sent.push({ id: row.messageId, state: await post.send(row, 'once') });
      return messageOf(step.kind, sent);
    },

    async changeOwner({ conversationId, owner, waiting, why, intent }: OwnerChange): Promise<void> {
      await store.transaction(async (tx) => {
        const moved = await tx.conversations.setOwner(conversationId, {
          kind: owner.kind,
          epoch: owner.epoch,
          since: new Date(owner.since),
          waitingSince: waiting ? new Date(waiting.since) : undefined,
          reason: waiting?.reason,
          intent,
        });
        if (moved)
          await tx.deskEvents.append({
            kind: why,
            conversationId,
            actor: 'person',
            detail: { reason: waiting?.reason },
          });
      });
    },
  };

  async function replyAgain(step: RepActionStep, messageId: string): Promise<RepActionResult> {
    const message = await store.messages.find(messageId);
    if (message?.conversationId !== step.conversationId || message.speaker !== 'rep') throw notOurs();
    const state = await outbox.sendAgain(messageId);
    await store.transaction((tx) => record(tx, step));
    return messageOf('reply', [{ id: messageId, state }]);
  }

  async function cardsOf(step: RepActionStep): Promise<Parameters<Post['write']>[1][]> {
    const { action, personKey, conversationId, owner } = step;
    const base = { personKey, conversationId, ownerEpoch: owner.epoch };
    if (step.kind === 'reply') {
      const parts = post.parts({ kind: 'text', text: action.text ?? '' });
      return parts.map((card, part) => ({
        ...base,
        key: `${action.actionId}/${part}`,
        speaker: 'rep',
        repId: action.rep.id,
        card,
        rule: 'response',
      }));
    }
    const told = step.kind === 'resolve' && action.keep ? undefined : TOLD[step.kind];
    if (!told || step.owner.epoch === step.before.epoch) return [];
    const parts = await post.render({ key: told, ids: { repId: action.rep.id } }, personKey);
    return parts.map((card, part) => ({
      ...base,
      key: `${action.actionId}/told/${part}`,
      speaker: 'notice',
      card,
      rule: 'response',
    }));
  }
}

/** Takes and gives back what the action does to reps' capacity. */
async function takeSlots(
  tx: Store,
  { kind, action, conversationId, owner, before }: RepActionStep,
): Promise<Refusal | undefined> {
  if (owner.epoch !== before.epoch && GIVES_BACK.has(kind)) await tx.slots.giveBack(conversationId);
  if (owner.kind !== 'rep' || !owner.rep || owner.epoch === before.epoch) return undefined;
  const transfer = kind === 'transfer';
  const taken = await tx.slots.take({ conversationId, repId: owner.rep.id, actionId: action.actionId, transfer });
  if (taken === 'taken') return undefined;
  return taken === 'over-capacity' ? 'over_capacity' : 'not_available';
}

/** Writes down what the action changes, beside its message. */
async function record(
  tx: Store,
  { kind, action, conversationId, personKey, owner, before, waiting }: RepActionStep,
): Promise<void> {
  if (owner.epoch !== before.epoch) {
    await tx.conversations.setOwner(conversationId, {
      kind: owner.kind,
      repId: owner.rep?.id,
      epoch: owner.epoch,
      since: new Date(owner.since),
      waitingSince: waiting ? new Date(waiting.since) : undefined,
      reason: waiting?.reason,
    });
  }
  if (kind === 'resolve') await tx.conversations.setClosed(conversationId, new Date(owner.since));
  if (kind === 'note') {
    const content = { kind: 'text', text: action.text ?? '' } as const;
    await tx.messages.note({ conversationId, personKey, key: action.actionId, repId: action.rep.id, content });
  }
  const answer: ConversationView = { owner, ...(waiting ? { waiting } : {}) };
  await tx.actions.record({
    actionId: action.actionId,
    conversationId,
    repId: action.rep.id,
    kind,
    bodyHash: action.bodyHash,
    answer,
  });
  await tx.deskEvents.append({ kind, conversationId, actor: action.rep.name, detail: detailOf(action) });
}

/** What the history shows of an action beside who and when; never the words of a reply or note. */
function detailOf({ reason, to, until, untilMessage }: RepActionStep['action']): Record<string, unknown> {
  return {
    ...(reason ? { reason } : {}),
    ...(to ? { to: 'name' in to ? to.name : to.team } : {}),
    ...(until ? { until: new Date(until).toISOString() } : {}),
    ...(untilMessage ? { untilMessage } : {}),
  };
}

/** The rep sees the worst of what became of the parts of a reply. */
function messageOf(kind: RepActionKind, sent: { id: string; state: Sent }[]): RepActionResult {
  if (kind !== 'reply') return {};
  const worst = sent.find(({ state }) => state !== 'sent') ?? sent.at(-1);
  if (!worst || worst.state === 'dropped') return {};
  return { message: { id: worst.id, state: worst.state } };
}

function changed(): ApplicationFailure {
  const type: FailureType = 'action_changed';
  return ApplicationFailure.nonRetryable('the action id was used with another body', type);
}

function notOurs(): ApplicationFailure {
  const type: FailureType = 'not_found';
  return ApplicationFailure.nonRetryable('there is no such reply in this conversation', type);
}
