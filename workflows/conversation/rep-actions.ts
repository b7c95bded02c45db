import { ApplicationFailure } from '@temporalio/common';
import type { RepActionKind, RepActionResult } from '../../activities/handoff/results';
import type { Owner, Refusal } from '../../src/domain/handoff/owner';
import { nextOwner } from '../../src/domain/handoff/owner';
import type {
  ConversationView,
  NoteAction,
  RepAction,
  ReplyAction,
  ResolveAction,
  SnoozeAction,
  TransferAction,
  Waiting,
} from '../messages/conversation';
import { step } from '../proxies';
import type { Ownership } from './ownership';
import type { ConversationState } from './state';
import { viewOf } from './state';

const repAct = step('repAct', 'Carry out what a rep pressed');

/** How many answers a run remembers; older ones are answered from the store. */
const KEPT_ANSWERS = 50;

/** Where an accepted action leads. */
interface Change {
  owner: Owner;
  waiting?: Waiting;
}

/**
 * What a rep can do, each an Update. A refusal is thrown with the owner of that moment, so that the desk can say who
 * has the conversation. Equal action ids are one action: the second press gets the first one's answer.
 */
export class RepActions {
  private readonly answers = new Map<string, { bodyHash: string; answer: Promise<ConversationView> }>();

  constructor(
    private readonly state: ConversationState,
    private readonly ownership: Ownership,
    private readonly now: () => number,
  ) {}

  claim(action: RepAction): Promise<ConversationView> {
    return this.once('claim', action, () => ({
      owner: this.ownership.isWith(action.rep)
        ? this.state.owner
        : nextOwner(this.state.owner, 'rep', this.now(), action.rep),
      // Kept, so that a release puts the person back in the old place.
      waiting: this.state.waiting,
    }));
  }

  reply(action: ReplyAction): Promise<ConversationView> {
    return this.once('reply', action, () => this.unchanged());
  }

  note(action: NoteAction): Promise<ConversationView> {
    return this.once('note', action, () => this.unchanged());
  }

  /** Back to the queue, in the old place. */
  release(action: RepAction): Promise<ConversationView> {
    return this.once('release', action, () => this.toQueue('asked-for-a-person'));
  }

  transfer(action: TransferAction): Promise<ConversationView> {
    return this.once('transfer', action, () =>
      'repId' in action.to
        ? {
            owner: nextOwner(this.state.owner, 'rep', this.now(), { id: action.to.repId, name: action.to.name }),
            waiting: this.state.waiting,
          }
        : this.toQueue('transferred'),
    );
  }

  snooze(action: SnoozeAction): Promise<ConversationView> {
    return this.once('snooze', action, () => this.unchanged());
  }

  /** Done: the bot answers next, unless the rep keeps the conversation. */
  resolve(action: ResolveAction): Promise<ConversationView> {
    return this.once('resolve', action, () => (action.keep ? this.unchanged() : this.toBot()));
  }

  returnToBot(action: RepAction): Promise<ConversationView> {
    return this.once('return-to-bot', action, () => this.toBot());
  }

  /** The check of a press before anything is written down; it is repeated when its turn has come. */
  check(kind: RepActionKind, action: RepAction): void {
    if (this.answerOf(action) || !this.state.ownerKnown) return;
    const refusal = this.refusalOf(kind, action);
    if (refusal) throw refused(refusal, this.state.owner);
  }

  private refusalOf(kind: RepActionKind, action: RepAction): Refusal | undefined {
    const { owner } = this.state;
    if (owner.kind === 'none') return 'closed';
    if (kind === 'note') return undefined;
    if (kind === 'claim')
      return owner.kind === 'rep' && owner.rep?.id !== action.rep.id ? 'already_claimed' : undefined;
    return this.ownership.isWith(action.rep) ? undefined : 'not_owner';
  }

  private once(kind: RepActionKind, action: RepAction, change: () => Change): Promise<ConversationView> {
    const known = this.answerOf(action);
    if (known) return known;
    const answer = this.ownership.exclusively(() => this.carryOut(kind, action, change));
    this.remember(action, answer);
    return answer;
  }

  private async carryOut(kind: RepActionKind, action: RepAction, change: () => Change): Promise<ConversationView> {
    await this.ownership.find();
    const refusal = this.refusalOf(kind, action);
    if (refusal) throw refused(refusal, this.state.owner);
    const { owner, waiting } = change();
    const done: RepActionResult = await repAct({
      kind,
      action,
      conversationId: this.state.id,
      personKey: this.state.input.personKey,
      before: this.state.owner,
      owner,
      waiting,
    });
    if ('refused' in done) throw refused(done.refused, this.state.owner);
    if ('answered' in done) return done.answered;
    if (owner.epoch !== this.state.owner.epoch) {
      if (owner.kind !== 'rep') this.state.dialogue = undefined;
      this.ownership.become(owner, { waiting });
    }
    return { ...viewOf(this.state), ...(done.message ? { message: done.message } : {}) };
  }

  private unchanged(): Change {
    return { owner: this.state.owner, waiting: this.state.waiting };
  }

  private toBot(): Change {
    return { owner: nextOwner(this.state.owner, 'bot', this.now()) };
  }

  private toQueue(reason: Waiting['reason']): Change {
    const since = this.state.waiting?.since ?? this.state.owner.since;
    return { owner: nextOwner(this.state.owner, 'queue', this.now()), waiting: { since, reason } };
  }

  /** The answer that the same press got before. @throws ApplicationFailure when the id stands for another press */
  private answerOf({ actionId, bodyHash }: RepAction): Promise<ConversationView> | undefined {
    const known = this.answers.get(actionId);
    if (known && known.bodyHash !== bodyHash) {
      throw ApplicationFailure.create({ type: 'action_changed', message: 'action_changed', nonRetryable: true });
    }
    return known?.answer;
  }

  /** A refused press is forgotten, so that pressing again is judged anew. */
  private remember({ actionId, bodyHash }: RepAction, answer: Promise<ConversationView>): void {
    this.answers.set(actionId, { bodyHash, answer });
    answer.catch(() => this.answers.delete(actionId));
    const [oldest] = this.answers.keys();
    if (this.answers.size > KEPT_ANSWERS && oldest !== undefined) this.answers.delete(oldest);
  }
}

function refused(refusal: Refusal, owner: Owner): ApplicationFailure {
  return ApplicationFailure.create({ type: refusal, message: refusal, nonRetryable: true, details: [owner] });
}
