import { useState } from 'preact/hooks';
import type { Conversation } from '../../../api/contract/conversation';
import { snooze } from '../../conversations/actions';
import { closeDialog } from '../../state/dialog';
import { FormButtons } from './resolve-form';

const HOUR_MS = 3_600_000;

/** When reps begin their day. */
const MORNING_HOUR = 9;

const CHOICES = {
  message: { words: 'Until the customer writes', until: () => 'message' as const },
  hour: { words: 'For an hour', until: () => new Date(Date.now() + HOUR_MS) },
  tomorrow: { words: 'Until tomorrow at 9', until: tomorrow },
};

type Choice = keyof typeof CHOICES;

/** Putting a conversation aside for a while. */
export function SnoozeForm({ conversation }: { conversation: Conversation }) {
  const [choice, setChoice] = useState<Choice>('message');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        closeDialog();
        void snooze(conversation, CHOICES[choice].until());
      }}
    >
      <fieldset>
        <legend>How long</legend>
        {Object.entries(CHOICES).map(([value, { words }]) => (
          <label key={value} class="check">
            <input
              type="radio"
              name="snooze"
              value={value}
              checked={choice === value}
              onChange={() => setChoice(value as Choice)}
            />
            {words}
          </label>
        ))}
      </fieldset>
      <FormButtons submit="Put aside" />
    </form>
  );
}

function tomorrow(): Date {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  day.setHours(MORNING_HOUR, 0, 0, 0);
  return day;
}
