import { uuid4 } from '@temporalio/workflow';
import type { HandoffReason, Owner, RepName } from '../../src/domain/handoff/owner';
import { nextOwner } from '../../src/domain/handoff/owner';
import { step } from '../proxies';
import { transition } from '../transition';
import type { ConversationState } from './state';
import { inWords } from './state';

const whoAnswers = step('whoAnswers', 'Read who answers');
const changeOwner = step('changeOwner', 'Record who answers now');

/**
 * Changes who answers, one change at a time. Everything that depends on the owner and has to wait for the store goes
 * through {@link exclusively}, so that two reps, or a rep and the bot, never decide on the same old owner.
 */
export class Ownership {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly state: ConversationState) {}

  /** Runs when every earlier change is done. The work re-checks the owner, which may have changed in the meantime. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  /** A first run, or one after a day of silence, goes on from what the store knows of the owner. */
  takeOverFrom({ owner, waiting }: { owner: Owner; waiting?: ConversationState['waiting'] }): void {
    if (this.state.ownerKnown) return;
    this.state.owner = owner;
    this.state.waiting = waiting;
    this.state.ownerKnown = true;
  }

  /** Asks the store who answers, where nothing has told this run yet. */
  async find(): Promise<void> {
    if (!this.state.ownerKnown) this.takeOverFrom(await whoAnswers({ conversationId: this.state.id }));
  }

  /** The bot hands over: into the queue, unless somebody has the conversation already. */
  async enterQueue(reason: HandoffReason, since: number): Promise<boolean> {
    return this.exclusively(async () => {
      const { state } = this;
      if (state.owner.kind !== 'bot') return false;
      const owner = nextOwner(state.owner, 'queue', since);
      const waiting = { since, reason };
      await changeOwner({ ...this.where(), owner, waiting, why: 'queued', intent: state.dialogue?.kind });
      this.become(owner, { waiting });
      return true;
    });
  }

  /** The person no longer wants to wait. */
  async leaveQueue(now: number): Promise<boolean> {
    return this.exclusively(async () => {
      if (this.state.owner.kind !== 'queue') return false;
      const owner = nextOwner(this.state.owner, 'bot', now);
      await changeOwner({ ...this.where(), owner, why: 'left-queue' });
      this.become(owner, {});
      return true;
    });
  }

  /** Takes a change over once it is recorded. The attributes change only where the wait for somebody does. */
  become(owner: Owner, { waiting }: { waiting?: ConversationState['waiting'] }): void {
    this.state.owner = owner;
    this.state.waiting = waiting;
    transition({
      details: inWords(this.state),
      owner: owner.kind,
      waitingOn: owner.kind === 'queue' ? 'rep' : 'nobody',
    });
  }

  isWith(rep: RepName): boolean {
    return this.state.owner.kind === 'rep' && this.state.owner.rep?.id === rep.id;
  }

  private where(): { conversationId: string; personKey: string; changeId: string } {
    return { conversationId: this.state.id, personKey: this.state.input.personKey, changeId: uuid4() };
  }
}
