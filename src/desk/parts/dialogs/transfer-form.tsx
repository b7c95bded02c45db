import { useEffect, useState } from 'preact/hooks';
import { REASON_MAX } from '../../../api/contract/limits';
import type { Conversation } from '../../../api/contract/conversation';
import type { Rep } from '../../../api/contract/desk';
import { transfer } from '../../conversations/actions';
import { calls } from '../../server/calls';
import { closeDialog } from '../../state/dialog';
import { me } from '../../state/me';
import { warn } from '../../state/notices';
import { STATUSES } from '../../words/desk';
import { FormButtons } from './resolve-form';

/** Handing a conversation to a colleague, with the reason. */
export function TransferForm({ conversation }: { conversation: Conversation }) {
  const colleagues = useColleagues();
  const [repId, setRepId] = useState('');
  const [reason, setReason] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const to = colleagues?.find(({ id }) => id === repId);
        if (!to) return;
        closeDialog();
        void transfer(conversation, to, reason);
      }}
    >
      <label for="transfer-to">To</label>
      <select id="transfer-to" required value={repId} onChange={(event) => setRepId(event.currentTarget.value)}>
        <option value="">{colleagues ? 'Choose a colleague' : 'Loading…'}</option>
        {colleagues?.map((rep) => (
          <option key={rep.id} value={rep.id} disabled={rep.status === 'away'}>
            {rep.name} · {STATUSES[rep.status]} · {rep.used + rep.otherWork} of {rep.slots}
          </option>
        ))}
      </select>
      <label for="transfer-reason">Reason</label>
      <input
        id="transfer-reason"
        required
        maxLength={REASON_MAX}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <FormButtons submit="Hand over" />
    </form>
  );
}

/** Everybody else who can take a conversation; absent while they are asked for. */
function useColleagues(): Rep[] | undefined {
  const [reps, setReps] = useState<Rep[] | undefined>(undefined);
  useEffect(() => {
    calls.reps().then(({ reps: all }) => {
      const others = all.filter(({ id, role }) => id !== me.value?.id && (role === 'rep' || role === 'supervisor'));
      setReps(others);
    }, warn);
  }, []);
  return reps;
}
