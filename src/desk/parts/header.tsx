import { waiting } from '../conversations/lists';
import { detail } from '../conversations/open';
import { now } from '../state/clock';
import { dialog } from '../state/dialog';
import { live } from '../state/live';
import { mayAct, me } from '../state/me';
import { said } from '../state/notices';
import { signOut } from '../state/session';
import { ROLES } from '../words/desk';
import { age, timeOfDay } from '../words/time';
import { MyStatus } from './my-status';

/** One line over everything: my status and load, who waits, whether the page is live. */
export function Header() {
  return (
    <header class="bar">
      <Brand />
      {mayAct.value && <MyStatus />}
      <Queue />
      <p role="status" class="said">
        {said.value}
      </p>
      <LiveIndicator />
      <span class="who">
        {me.value?.name} <span class="quiet">{me.value && ROLES[me.value.role]}</span>
      </span>
      <button type="button" class="quiet-button keys" onClick={() => (dialog.value = 'shortcuts')}>
        Shortcuts
      </button>
      <button type="button" class="quiet-button" onClick={() => void signOut()}>
        Sign out
      </button>
    </header>
  );
}

/** The page has one main heading: the customer, or the page itself as long as there is none. */
function Brand() {
  return detail.value ? <span class="brand">Rep desk</span> : <h1 class="brand">Rep desk</h1>;
}

function Queue() {
  const [oldest] = waiting.value;
  const since = oldest?.waitingSince ?? oldest?.owner.since;
  return (
    <span class="queue">
      Waiting {waiting.value.length}
      {since && <span class="quiet"> · oldest {age(now.value - Date.parse(since))}</span>}
    </span>
  );
}

function LiveIndicator() {
  const { state, since } = live.value;
  const words = {
    connecting: 'Connecting…',
    live: 'Live',
    reconnecting: `Reconnecting · last update ${timeOfDay(since, since)}`,
  }[state];
  return (
    <span class="live" data-state={state} role="status">
      {words}
    </span>
  );
}
