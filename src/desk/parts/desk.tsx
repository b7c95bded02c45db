import { useEffect } from 'preact/hooks';
import { waiting } from '../conversations/lists';
import { step } from '../conversations/open';
import { me } from '../state/me';
import { begin, beginning, expired } from '../state/session';
import { Alarm } from './alarm';
import { Context } from './context';
import { Dialogs } from './dialogs/dialogs';
import { Header } from './header';
import { List } from './list';
import { SignIn, SignInAgain } from './sign-in';
import { Thread } from './thread';

/** The whole page. */
export function Desk() {
  useTitle();
  if (me.value) return <Working />;
  if (beginning.value === 'asking') return <Plain>Loading…</Plain>;
  if (beginning.value === 'unreachable') {
    return (
      <Plain>
        <p role="alert">The server cannot be reached.</p>
        <button type="button" class="primary" onClick={() => void begin()}>
          Try again
        </button>
      </Plain>
    );
  }
  return <SignIn />;
}

function Plain({ children }: { children: preact.ComponentChildren }) {
  return (
    <main class="plain">
      <h1>Rep desk</h1>
      <div>{children}</div>
    </main>
  );
}

function Working() {
  return (
    <div class="desk" data-step={step.value}>
      <Header />
      <Alarm />
      <div class="columns">
        <List />
        <Thread />
        <Context />
      </div>
      <Dialogs />
      {expired.value && <SignInAgain />}
    </div>
  );
}

/** How many wait stands in the tab, for those who look at another one. */
function useTitle() {
  const count = me.value ? waiting.value.length : 0;
  useEffect(() => {
    document.title = count > 0 ? `(${count}) Rep desk` : 'Rep desk';
  }, [count]);
}
