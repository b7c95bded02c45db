import type { ConversationDetail } from '../../api/contract/detail';
import { isPressing, release, resolve, returnToBot, take } from '../conversations/actions';
import { detail, isMine, openId, openProblem, refreshOpen, step } from '../conversations/open';
import { today } from '../state/clock';
import { dialog } from '../state/dialog';
import { mayAct, me } from '../state/me';
import { ownerWords } from '../words/owner';
import { timeOfDay } from '../words/time';
import { Composer } from './composer';
import { Messages } from './messages';

/** Reason that stands in the history when a conversation is resolved with one press. */
const ANSWERED = 'answered';

/** The middle column: the conversation and the composer. */
export function Thread() {
  const opened = detail.value;
  return (
    <main class="thread" aria-label="Conversation">
      {opened ? (
        <>
          <Head {...opened} />
          {openProblem.value !== '' && <Old />}
          <Messages key={opened.conversation.id} {...opened} />
          {mayAct.value ? (
            <Composer key={opened.conversation.id} {...opened} />
          ) : (
            <p class="reads-only">Your role reads only.</p>
          )}
        </>
      ) : (
        <Nothing />
      )}
    </main>
  );
}

function Nothing() {
  return (
    <div class="nothing">
      {openId.value && <BackToList />}
      {openProblem.value !== '' ? <Old /> : <p>{openId.value ? 'Loading…' : 'Choose a conversation on the left.'}</p>}
    </div>
  );
}

function Old() {
  return (
    <p class="trouble" role="alert">
      {openProblem.value}{' '}
      <button type="button" onClick={() => void refreshOpen()}>
        Try again
      </button>
    </p>
  );
}

function BackToList() {
  return (
    <button type="button" class="step-back" onClick={() => (step.value = 'list')}>
      ‹ List
    </button>
  );
}

function Head({ conversation, context }: ConversationDetail) {
  const { person, owner } = conversation;
  return (
    <div class="thread-head">
      <BackToList />
      <div class="thread-title">
        <h1 dir="auto">{person.name}</h1>
        <p class="owner" data-owner={isMine.value ? 'mine' : owner.kind}>
          {context.closedAt && owner.kind !== 'rep' ? 'Resolved · ' : ''}
          {ownerWords(owner, me.value?.id)} since {timeOfDay(owner.since, today.value)}
        </p>
      </div>
      <button type="button" class="to-context" onClick={() => (step.value = 'context')}>
        Details ›
      </button>
      <Actions conversation={conversation} />
    </div>
  );
}

function Actions({ conversation }: Pick<ConversationDetail, 'conversation'>) {
  if (!mayAct.value) return null;
  if (conversation.owner.kind === 'queue') {
    const taking = isPressing(conversation.id, 'claim');
    return (
      <div class="thread-actions">
        <button type="button" class="primary" disabled={taking} onClick={() => void take(conversation)}>
          {taking ? 'Taking…' : 'Take'}
        </button>
      </div>
    );
  }
  if (!isMine.value) return null;
  return (
    <div class="thread-actions">
      <button type="button" onClick={() => void release(conversation)}>
        Back to queue
      </button>
      <button type="button" onClick={() => void returnToBot(conversation)}>
        Return to bot
      </button>
      <button type="button" onClick={() => (dialog.value = 'transfer')}>
        Transfer…
      </button>
      <button type="button" onClick={() => (dialog.value = 'snooze')}>
        Snooze…
      </button>
      <span class="split">
        <button
          type="button"
          class="primary"
          disabled={isPressing(conversation.id, 'resolve')}
          onClick={() => void resolve(conversation, ANSWERED)}
        >
          Resolve
        </button>
        <button
          type="button"
          class="primary"
          aria-label="More ways to finish"
          aria-haspopup="dialog"
          onClick={() => (dialog.value = 'resolve')}
        >
          ▾
        </button>
      </span>
    </div>
  );
}
