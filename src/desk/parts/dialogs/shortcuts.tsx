import { closeDialog } from '../../state/dialog';
import { SHORTCUTS, shortcutsOn, switchShortcuts } from '../../state/keyboard';

/** All keys, and the switch that silences the single letters. */
export function Shortcuts() {
  return (
    <>
      <dl class="shortcuts">
        {SHORTCUTS.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd>
          </dt>
          <dd>Send what is typed</dd>
        </div>
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={shortcutsOn.value}
          onChange={(event) => switchShortcuts(event.currentTarget.checked)}
        />
        Single-key shortcuts (never while typing)
      </label>
      <p class="form-buttons">
        <button type="button" class="primary" onClick={closeDialog}>
          Close
        </button>
      </p>
    </>
  );
}
