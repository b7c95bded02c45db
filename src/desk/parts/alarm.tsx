import { alarm } from '../state/notices';

/** What went wrong. The region is always there, so that a change in it is read out. */
export function Alarm() {
  return (
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
  );
}
