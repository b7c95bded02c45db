import type { ConversationDetail, HistoryEntry } from '../../api/contract/detail';
import { detail, step } from '../conversations/open';
import { today } from '../state/clock';
import { historyWords } from '../words/history';
import { intentWords, reasonWords } from '../words/owner';
import { timeOfDay, wholeTime } from '../words/time';

/** The right column: why a person is needed, who the customer is, what happened so far. */
export function Context() {
  const opened = detail.value;
  return (
    <aside class="context" aria-label="About the conversation">
      {opened && (
        <>
          <button type="button" class="step-back" onClick={() => (step.value = 'thread')}>
            ‹ Conversation
          </button>
          <Why {...opened} />
          <Customer {...opened} />
          <History history={opened.history} />
        </>
      )}
    </aside>
  );
}

function Why({ context }: ConversationDetail) {
  return (
    <section>
      <h2>Why a person</h2>
      <dl>
        <dt>Reason</dt>
        <dd>{context.reason ? reasonWords(context.reason) : 'None given'}</dd>
        {context.intent && (
          <>
            <dt>The bot was at</dt>
            <dd>{intentWords(context.intent)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Customer({ conversation, context: { account, lastActAt, adClickAt } }: ConversationDetail) {
  return (
    <section>
      <h2>Customer</h2>
      <dl>
        <dt>Name</dt>
        <dd dir="auto">{conversation.person.name}</dd>
        <dt>Reference</dt>
        <dd>{conversation.reference}</dd>
        <dt>PayPal</dt>
        <dd>{account.linked ? <Linked email={account.email} /> : 'Not linked'}</dd>
        {lastActAt && (
          <>
            <dt>Last active</dt>
            <dd>
              <time dateTime={lastActAt} title={wholeTime(lastActAt)}>
                {timeOfDay(lastActAt, today.value)}
              </time>
            </dd>
          </>
        )}
        {adClickAt && (
          <>
            <dt>Came from</dt>
            <dd>
              An advertisement,{' '}
              <time dateTime={adClickAt} title={wholeTime(adClickAt)}>
                {timeOfDay(adClickAt, today.value)}
              </time>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Linked({ email }: { email: string | undefined }) {
  return (
    <>
      Linked <span class="unbroken">{email}</span>
    </>
  );
}

function History({ history }: { history: HistoryEntry[] }) {
  const lines = history.flatMap((entry) => {
    const words = historyWords(entry);
    return words ? [{ ...entry, ...words }] : [];
  });
  return (
    <section>
      <h2>History</h2>
      {lines.length === 0 && <p class="quiet">Nothing yet</p>}
      <ol class="history">
        {lines.map(({ id, at, who, what }) => (
          <li key={id}>
            <time dateTime={at} title={wholeTime(at)}>
              {timeOfDay(at, today.value)}
            </time>
            <span>
              <b>{who}</b> {what}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
