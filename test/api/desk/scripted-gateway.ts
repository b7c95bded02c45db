import { randomUUID } from 'node:crypto';
import { nextOwner } from '../../../src/domain/handoff/owner';
import type { HandoffReason, Owner, Refusal } from '../../../src/domain/handoff/owner';
import type { Conversation, Store } from '../../../src/store';
import { Refused } from '../../../src/temporal/gateway/gateway';
import type { Gateway, RepActions } from '../../../src/temporal/gateway/gateway';
import type { ConversationView } from '../../../workflows/messages/conversation';

type Name = keyof RepActions;
type AnyAction = RepActions['claim'] & Partial<RepActions['reply'] & RepActions['transfer'] & RepActions['resolve']>;

/** What becomes of the next replies; `sent` when nothing is set. */
export type Fate = 'sent' | 'unconfirmed' | 'failed' | 'waiting-window';

/**
 * Answers a rep's actions as a conversation would, by the rows of the store, one at a time; and with whatever fault a
 * test asks for, which no real server produces on demand.
 */
export class ScriptedGateway implements Pick<Gateway, 'act'> {
  readonly asked: { conversationId: string; name: Name; action: AnyAction }[] = [];
  /** Thrown, in order, instead of the next answers. */
  readonly faults: Error[] = [];
  /** Taken, in order, by the next replies. */
  readonly fates: Fate[] = [];
  /** Waited for before each answer. */
  delay: Promise<void> = Promise.resolve();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly store: Store) {}

  async act<N extends Name>(conversationId: string, name: N, action: RepActions[N]): Promise<ConversationView> {
    this.asked.push({ conversationId, name, action });
    await this.delay;
    const fault = this.faults.shift();
    if (fault) throw fault;
    const answer = this.turn.then(() => this.decide(conversationId, name, action));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  private async decide(conversationId: string, name: Name, action: AnyAction): Promise<ConversationView> {
    const row = await this.store.conversations.find(conversationId);
    if (!row) throw new Refused('closed');
    const refusal = refusalOf(name, row, action);
    if (refusal) throw new Refused(refusal, ownerOf(row));
    const owner = ownerAfter(name, row, action);
    const kind = name === 'returnToBot' ? 'return-to-bot' : name;
    const waiting = waitingAfter(row, owner);
    return this.store.transaction(async (tx) => {
      if (owner.kind === 'rep' && owner.epoch > row.owner.epoch) {
        const slot = { conversationId, repId: owner.rep?.id ?? '', actionId: action.actionId };
        const taken = await tx.slots.take({ ...slot, transfer: name === 'transfer' });
        if (taken !== 'taken') throw new Refused(taken === 'over-capacity' ? 'over_capacity' : 'not_available', owner);
      } else if (owner.epoch > row.owner.epoch) await tx.slots.giveBack(conversationId);
      if (owner.epoch > row.owner.epoch) {
        await tx.conversations.setOwner(conversationId, {
          kind: owner.kind,
          repId: owner.rep?.id,
          epoch: owner.epoch,
          since: new Date(owner.since),
          waitingSince: waiting ? new Date(waiting.since) : undefined,
          reason: waiting?.reason,
        });
      }
      if (name === 'resolve') await tx.conversations.setClosed(conversationId, new Date());
      const message = await this.write(tx, row, name, action);
      const answer: ConversationView = { owner, ...(waiting ? { waiting } : {}), ...(message ? { message } : {}) };
      const { actionId, bodyHash, rep } = action;
      await tx.actions.record({ actionId, conversationId, repId: rep.id, kind, bodyHash, answer });
      await tx.deskEvents.append({ kind, conversationId, actor: rep.name, detail: detailOf(action) });
      return answer;
    });
  }

  private async write(
    tx: Store,
    { conversationId, personKey, owner }: Conversation,
    name: Name,
    { actionId, text = '', retryOf, rep }: AnyAction,
  ): Promise<ConversationView['message']> {
    if (name === 'note') {
      await tx.messages.note({
        conversationId,
        personKey,
        key: actionId,
        repId: rep.id,
        content: { kind: 'text', text },
      });
    }
    if (name !== 'reply') return undefined;
    const messageId = retryOf ?? randomUUID();
    if (!retryOf) {
      await tx.messages.queue({
        messageId,
        conversationId,
        personKey,
        key: actionId,
        speaker: 'rep',
        repId: rep.id,
        ownerEpoch: owner.epoch,
        content: { kind: 'card', card: { kind: 'text', text } },
        rule: 'response',
      });
    }
    const state = this.fates.shift() ?? 'sent';
    await tx.messages.claimForSending(messageId, ['pending', 'failed', 'unconfirmed']);
    if (state === 'sent') await tx.messages.sent(messageId, `m_${messageId}`);
    else await tx.messages.markAs(messageId, state, state === 'failed' ? 'person-unreachable' : undefined);
    return { id: messageId, state };
  }
}

function refusalOf(name: Name, { owner }: Conversation, { rep }: AnyAction): Refusal | undefined {
  if (owner.kind === 'none') return 'closed';
  if (name === 'note') return undefined;
  const mine = owner.kind === 'rep' && owner.rep?.id === rep.id;
  if (name === 'claim') return owner.kind === 'rep' && !mine ? 'already_claimed' : undefined;
  return mine ? undefined : 'not_owner';
}

function ownerAfter(name: Name, row: Conversation, action: AnyAction): Owner {
  const owner = ownerOf(row);
  const now = Date.now();
  if (name === 'claim') return owner.rep?.id === action.rep.id ? owner : nextOwner(owner, 'rep', now, action.rep);
  if (name === 'release') return nextOwner(owner, 'queue', now);
  if (name === 'returnToBot' || (name === 'resolve' && !action.keep)) return nextOwner(owner, 'bot', now);
  if (name === 'transfer' && action.to && 'repId' in action.to) {
    return nextOwner(owner, 'rep', now, { id: action.to.repId, name: action.to.name });
  }
  return name === 'transfer' ? nextOwner(owner, 'queue', now) : owner;
}

/** A release puts the person back into the old place, so a claim keeps it. */
function waitingAfter({ waitingSince, reason }: Conversation, { kind, since }: Owner): ConversationView['waiting'] {
  if (kind === 'bot' || kind === 'none') return undefined;
  return { since: waitingSince?.getTime() ?? since, reason: (reason ?? 'asked-for-a-person') as HandoffReason };
}

function ownerOf({ owner: { kind, rep, since, epoch } }: Conversation): Owner {
  return { kind, since: since.getTime(), epoch, ...(rep ? { rep } : {}) };
}

function detailOf({ reason, to }: AnyAction): Record<string, unknown> {
  return { ...(reason ? { reason } : {}), ...(to ? { to: 'name' in to ? to.name : to.team } : {}) };
}
