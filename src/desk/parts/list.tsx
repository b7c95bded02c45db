import type { Conversation } from '../../api/contract/conversation';
import { isPressing, take } from '../conversations/actions';
import { listProblem, refreshLists, rowsOf, show, view } from '../conversations/lists';
import type { ListView } from '../conversations/lists';
import { isOpen, open } from '../conversations/open';
import { now, today } from '../state/clock';
import { LIST_HEADING, rowOf } from '../state/focus';
import { mayAct, me } from '../state/me';
import { ownerWords, reasonWords } from '../words/owner';
import { age, timeOfDay } from '../words/time';

const VIEWS: Record<ListView, string> = { queue: 'Queue', all: 'All', closed: 'Closed' };

/** The left column: who waits, what is mine; or everything; or what is closed. */
export function List() {
  return (
    <nav class="list" id="conversations" aria-label="Conversations">
      <div class="views" role="group" aria-label="Show">
        {Object.entries(VIEWS).map(([value, words]) => (
          <button key={value} type="button" aria-pressed={view.value === value} onClick={() => show(value as ListView)}>
            {words}
          </button>
        ))}
      </div>
      {listProblem.value !== '' && (
        <p class="trouble" role="alert">
          {listProblem.value}{' '}
          <button type="button" onClick={() => void refreshLists()}>
            Try again
          </button>
        </p>
      )}
      {view.value === 'queue' ? (
        <>
          <Section title="Waiting" rows={rowsOf('waiting')} empty="Nobody is waiting" headingId={LIST_HEADING} />
          <Section title="Mine" rows={rowsOf('mine')} empty="Nothing is yours" />
        </>
      ) : (
        <Section
          title={VIEWS[view.value]}
          rows={rowsOf(view.value)}
          empty="Nothing here yet"
          headingId={LIST_HEADING}
        />
      )}
    </nav>
  );
}

interface SectionProps {
  title: string;
  rows: Conversation[] | undefined;
  empty: string;
  headingId?: string;
}

function Section({ title, rows, empty, headingId }: SectionProps) {
  return (
    <section>
      <h2 id={headingId} tabIndex={-1}>
        {title} {rows && <span class="count">{rows.length}</span>}
      </h2>
      {!rows && <p class="quiet">Loading…</p>}
      {rows?.length === 0 && <p class="quiet">{empty}</p>}
      {rows && rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ row }: { row: Conversation }) {
  const opened = isOpen(row.id);
  const waits = row.owner.kind === 'queue';
  return (
    <li class="row" data-owner={row.owner.kind} data-open={opened}>
      <button
        type="button"
        class="row-open"
        id={rowOf(row.id)}
        aria-current={opened ? 'true' : undefined}
        onClick={() => open(row)}
      >
        <span class="row-name" dir="auto">
          {row.person.name}
        </span>
        {waits ? <Wait since={row.waitingSince ?? row.owner.since} /> : <Since iso={row.owner.since} />}
        <span class="row-why">
          {waits && row.reason ? reasonWords(row.reason) : ownerWords(row.owner, me.value?.id)}
        </span>
      </button>
      {waits && !opened && mayAct.value && (
        <button
          type="button"
          class="take"
          aria-label={`Take ${row.person.name}`}
          disabled={isPressing(row.id, 'claim')}
          onClick={() => void take(row)}
        >
          Take
        </button>
      )}
    </li>
  );
}

/** From when on a wait is long, and from when on too long, in milliseconds. */
const LONG_MS = 2 * 60_000;
const TOO_LONG_MS = 5 * 60_000;

function Wait({ since }: { since: string }) {
  const waited = now.value - Date.parse(since);
  const level = waited >= TOO_LONG_MS ? 'too-long' : waited >= LONG_MS ? 'long' : 'short';
  return (
    <span class="row-time wait" data-level={level}>
      <span class="sr-only">waits </span>
      {age(waited)}
    </span>
  );
}

function Since({ iso }: { iso: string }) {
  return (
    <time class="row-time quiet" dateTime={iso}>
      {timeOfDay(iso, today.value)}
    </time>
  );
}
