import { workflowInfo } from '@temporalio/workflow';
import type { Say } from '../../src/domain/chat/say';
import type { Action } from '../../src/domain/chat/actions';
import { readPayload } from '../../src/domain/chat/actions';
import type { PersonAct, PersonEvent } from '../../src/domain/chat/events';
import { step } from '../proxies';
import { respond } from './dialogues';
import { afterAccept, afterUnlink } from './dialogues/linking';
import { performMoneyEffect } from './money-effects';
import type { Ownership } from './ownership';
import { performSafetyEffect } from './safety-effects';
import type { ConversationState } from './state';
import { heardElsewhere, isElsewhere } from './state';
import type { Effect } from './turn';
import { say } from './turn';

const receive = step('receive', 'Read what the person did');
const deliver = step('deliver', 'Send the answer');
const acceptLinkCode = step('acceptLinkCode', 'Check the linking code');
const refuseLink = step('refuseLink', 'Stop linking');
const unlink = step('unlinkWallet', 'End the consent');

/**
 * One thing that a person did, from reading it to the answer. Costs two Actions: the signal that brought it, and the
 * markers of one workflow task.
 */
export class BotTurn {
  private readonly says: Say[] = [];
  /** The owner this turn speaks for. What it says is dropped where the owner has changed before it leaves. */
  private epoch: number;

  constructor(
    private readonly state: ConversationState,
    private readonly ownership: Ownership,
    private readonly now: () => number,
  ) {
    this.epoch = state.owner.epoch;
  }

  async take(event: PersonEvent): Promise<void> {
    const { state } = this;
    const received = await receive({
      conversationId: state.id,
      page: state.input.page,
      personKey: state.input.personKey,
      event,
      // The same when a killed worker's task is done again, so that the first try's row is recognised as this turn's.
      handledBy: `${workflowInfo().runId}/${state.turn}`,
    });
    if (!state.ownerKnown) {
      this.ownership.takeOverFrom(received);
      this.epoch = state.owner.epoch;
    }
    if (!received.fresh) return;
    state.introduces ||= received.introduce;
    if (event.act.kind === 'thread-control') this.noteControl(event.act.change);
    const elsewhere = isElsewhere(state, this.now());
    if (!elsewhere) state.elsewhereUntil = undefined;
    const muted = elsewhere || state.owner.kind === 'rep' || state.owner.epoch !== this.epoch;
    if (muted && !concernsLink(event.act) && !takesBack(event.act) && received.understood?.intent !== 'freeze_account')
      return elsewhere ? undefined : this.stayQuiet(event);

    const reply = respond({
      act: event.act,
      understood: received.understood,
      linked: received.linked,
      frozen: received.frozen,
      latestPaymentId: received.latestPaymentId,
      latestRequestId: received.latestRequestId,
      now: this.now(),
      dialogue: state.dialogue,
      waiting: state.owner.kind === 'queue',
      paymentsOn: state.input.rollout.on,
    });
    state.dialogue = reply.dialogue;
    await this.carryOut(reply.effects, event);
    // That a consent ended is no answer: it is told also to somebody who has been silent for long.
    await this.answer(event.key, muted || event.act.kind === 'unlinked' ? 'notice' : 'bot');
  }

  private noteControl(change: 'given-to-us' | 'taken-from-us' | 'requested'): void {
    if (change === 'taken-from-us') heardElsewhere(this.state, this.now());
    if (change === 'given-to-us') this.state.elsewhereUntil = undefined;
  }

  /** While a rep answers the bot says nothing, except that a tap on a money card moved nothing. */
  private async stayQuiet(event: PersonEvent): Promise<void> {
    const tapped = event.act.kind === 'tap' ? readPayload(event.act.payload) : undefined;
    if (!tapped || !MOVES_MONEY.has(tapped.action)) return;
    this.says.push({ key: 'payment.nothing-sent' });
    await this.answer(event.key, 'notice');
  }

  private async carryOut(effects: Effect[], event: PersonEvent): Promise<void> {
    const open = [...effects];
    for (let effect = open.shift(); effect; effect = open.shift()) {
      open.unshift(...(await this.perform(effect, event)));
    }
  }

  /** Does one effect; gives those that follow from its result. */
  private async perform(effect: Effect, event: PersonEvent): Promise<Effect[]> {
    const { state } = this;
    const { personKey } = state.input;
    switch (effect.do) {
      case 'say':
        this.says.push(effect.say);
        return [];
      case 'queue': {
        const queued = await this.ownership.enterQueue(effect.reason, event.at);
        this.epoch = state.owner.epoch;
        return queued ? [say('handoff.queued')] : [];
      }
      case 'leave-queue': {
        await this.ownership.leaveQueue(this.now());
        this.epoch = state.owner.epoch;
        return [];
      }
      case 'accept-link':
        return afterAccept(await acceptLinkCode({ personKey, code: effect.code, at: this.now() }));
      case 'refuse-link':
        await refuseLink({ personKey, sessionId: effect.sessionId });
        return [];
      case 'unlink':
        return afterUnlink(await unlink({ personKey, by: effect.by, at: event.at }), effect.by);
      case 'freeze':
      case 'say-frozen':
      case 'block':
      case 'unblock':
      case 'add-card':
      case 'remove-card':
      case 'make-default':
        return performSafetyEffect(effect, state, this.now());
      default:
        return performMoneyEffect(effect, state, this.now());
    }
  }

  private async answer(cause: string, speaker: 'bot' | 'notice'): Promise<void> {
    if (this.says.length === 0) return;
    const { state } = this;
    const messages: Say[] =
      speaker === 'bot' && state.introduces ? [{ key: 'greeting.introduction' }, ...this.says] : this.says;
    if (speaker === 'bot') state.introduces = false;
    await deliver({ personKey: state.input.personKey, cause, speaker, ownerEpoch: this.epoch, messages });
  }
}

/** A link is made and ended whoever answers: a consent that was taken back must not wait until a rep is done. */
function concernsLink({ kind }: PersonAct): boolean {
  return kind === 'linked' || kind === 'unlinked';
}

/** Undo gives the person's own money back, whoever answers at the moment. */
function takesBack(act: PersonAct): boolean {
  return act.kind === 'tap' && readPayload(act.payload)?.action === 'payment.undo';
}

/** Taps that would have led to money moving: whoever makes one has to know that nothing came of it. */
const MOVES_MONEY: ReadonlySet<Action> = new Set([
  'payment.confirm',
  'request.confirm',
  'request.send-back',
  'share.accept',
]);
