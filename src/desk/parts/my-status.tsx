import { useState } from 'preact/hooks';
import type { RepStatus } from '../../api/contract/vocabulary';
import { me } from '../state/me';
import { setOtherWork, setStatus } from '../state/session';
import { STATUSES, STATUS_MEANS } from '../words/desk';

/** Whether I take conversations, how many slots I use, and how many of them other channels take. */
export function MyStatus() {
  const rep = me.value;
  if (!rep) return null;
  return (
    <span class="my-status" data-status={rep.status}>
      <label class="sr-only" for="status">
        My status
      </label>
      <select
        id="status"
        value={rep.status}
        title={STATUS_MEANS[rep.status]}
        onChange={(event) => void setStatus(event.currentTarget.value as RepStatus)}
      >
        {Object.entries(STATUSES).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <span class="load">
        {rep.used + rep.otherWork} of {rep.slots}
      </span>
      <OtherWork units={rep.otherWork} />
    </span>
  );
}

/** What is typed stays until the field is left: news about the reps come in at any moment. */
function OtherWork({ units }: { units: number }) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  return (
    <label class="other-work">
      Other work
      <input
        type="number"
        min="0"
        max="50"
        value={typed ?? units}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => {
          const wanted = Math.max(0, Math.trunc(event.currentTarget.valueAsNumber || 0));
          setTyped(String(wanted));
          void setOtherWork(wanted);
        }}
        onBlur={() => setTyped(undefined)}
      />
    </label>
  );
}
