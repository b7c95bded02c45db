import { alarm, said } from '../state/notices';

/** What was just done, and what was not. Both regions are always there, so that changes in them are read out. */
export function Notices() {
  return (
    <div class="notices">
      <p role="status" class="said">
        {said.value}
      </p>
      <div role="alert" class="alarm">
        {alarm.value !== '' && (
          <>
            <span>{alarm.value}</span>
            <button type="button" onClick={() => (alarm.value = '')}>
              Dismiss
            </button>
          </>
        )}
      </div>
    </div>
  );
}
