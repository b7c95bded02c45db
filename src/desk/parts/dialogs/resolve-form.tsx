import { useState } from 'preact/hooks';
import { REASON_MAX } from '../../../api/contract/limits';
import type { Conversation } from '../../../api/contract/conversation';
import { resolve } from '../../conversations/actions';
import { closeDialog } from '../../state/dialog';

/** Finishing with a reason of one's own, or keeping the customer for the next message. */
export function ResolveForm({ conversation }: { conversation: Conversation }) {
  const [reason, setReason] = useState('answered');
  const [keep, setKeep] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        closeDialog();
        void resolve(conversation, reason, keep);
      }}
    >
      <label for="resolve-reason">Reason, for colleagues</label>
      <input
        id="resolve-reason"
        required
        maxLength={REASON_MAX}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <label class="check">
        <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
        Keep with me: I answer when the customer writes again
      </label>
      <FormButtons submit="Finish" />
    </form>
  );
}

/** The last line of every dialog's form. */
export function FormButtons({ submit }: { submit: string }) {
  return (
    <p class="form-buttons">
      <button type="button" onClick={closeDialog}>
        Not now
      </button>
      <button type="submit" class="primary">
        {submit}
      </button>
    </p>
  );
}
