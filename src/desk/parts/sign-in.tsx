import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Role } from '../../api/contract/vocabulary';
import { NotDone } from '../server/request';
import { me } from '../state/me';
import { signIn } from '../state/session';
import { ROLES } from '../words/desk';

/** The first page of whoever has no session. */
export function SignIn() {
  return (
    <main class="plain">
      <h1>Rep desk</h1>
      <p class="lead">Conversations that need a person.</p>
      <SignInForm />
    </main>
  );
}

/** Over the desk, when the session has ended: everything behind it stays as it was. */
export function SignInAgain() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="again-heading" onCancel={(event) => event.preventDefault()}>
      <h2 id="again-heading">Your session has ended</h2>
      <p>Sign in again to go on. What you have typed is kept.</p>
      <SignInForm name={me.value?.name} role={me.value?.role} />
    </dialog>
  );
}

function SignInForm({ name: knownName = '', role: knownRole = 'rep' }: { name?: string; role?: Role }) {
  const [name, setName] = useState(knownName);
  const [role, setRole] = useState<Role>(knownRole);
  const [problem, setProblem] = useState('');
  const submit = async () => {
    setProblem('');
    try {
      await signIn(name, role);
    } catch (error) {
      if (!(error instanceof NotDone)) throw error;
      setProblem(error.status === 404 ? 'Signing in by name is switched off here.' : error.problem.detail);
    }
  };
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label for="name">Name</label>
      <input
        id="name"
        required
        maxLength={50}
        autoComplete="nickname"
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <label for="role">Role</label>
      <select id="role" value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
        {Object.entries(ROLES).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {problem !== '' && <p role="alert">{problem}</p>}
      <button type="submit" class="primary">
        Sign in
      </button>
    </form>
  );
}
