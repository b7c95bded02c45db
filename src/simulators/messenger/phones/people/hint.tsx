import { useState } from 'preact/hooks';
import { draftFor } from '../phone/drafts';
import { people, phones, shown } from '../state/store';

/** The first thing to try, as the seeded people would say it. */
const FIRST_WORDS = 'send $20 to Lee for pizza';
const SPEAKER = 'Dana';

/** One sentence for somebody who sees the page for the first time; gone once the conversation has begun. */
export function Hint() {
  const [dismissed, setDismissed] = useState(false);
  const speaker = people.value.find(({ name }) => name.split(' ')[0] === SPEAKER);
  if (dismissed || speaker === undefined || !shown.value.includes(speaker.psid)) return null;
  const begun = phones.value[speaker.psid]?.messages.some(({ from }) => from === 'person') ?? true;
  if (begun) return null;
  return (
    <p class="hint">
      <span>
        You are everybody whose phone you see. Try first, as {SPEAKER}: “{FIRST_WORDS}”
      </span>
      <button type="button" class="quiet" onClick={() => draftFor(speaker.psid, FIRST_WORDS)}>
        Put it in
      </button>
      <button type="button" class="quiet" onClick={() => setDismissed(true)}>
        Hide
      </button>
    </p>
  );
}
