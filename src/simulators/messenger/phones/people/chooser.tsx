import { useState } from 'preact/hooks';
import { choose } from '../state/start';
import { people, shown, unread } from '../state/store';
import { AddPerson } from './add-person';
import { Avatar } from './avatar';

/** Whom the visitor is: one switch per person, and a way to add somebody. */
export function Chooser() {
  const [adding, setAdding] = useState(false);
  return (
    <nav class="chooser" aria-label="Who to be">
      <ul>
        {people.value.map(({ psid, name }) => {
          const news = unread.value[psid] ?? 0;
          return (
            <li key={psid}>
              <button type="button" class="chip" aria-pressed={shown.value.includes(psid)} onClick={() => choose(psid)}>
                <Avatar psid={psid} />
                <span>{name}</span>
                {news > 0 && (
                  <span class="news">
                    {news}
                    <span class="unseen"> new</span>
                  </span>
                )}
              </button>
            </li>
          );
        })}
        <li>
          <button type="button" class="chip add" onClick={() => setAdding(true)}>
            Add a person
          </button>
        </li>
      </ul>
      {adding && <AddPerson close={() => setAdding(false)} />}
    </nav>
  );
}
