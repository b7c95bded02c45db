import { computed, signal } from '@preact/signals';
import type { Rep } from '../../api/contract/desk';
import type { RepStatus, Role } from '../../api/contract/vocabulary';
import { calls } from '../server/calls';
import { NotDone, sessionLost } from '../server/request';
import { forgetLists, refreshLists } from '../conversations/lists';
import { goLive, rest } from './live';
import { warn } from './notices';
import { forgetOpen } from '../conversations/open';
import { me } from './me';

/** Whether the first question to the server is still open, was answered, or found nobody. */
export const beginning = signal<'asking' | 'answered' | 'unreachable'>('asking');

/** Somebody was signed in, and is not any more: everything on the page is kept until they are again. */
export const expired = computed(() => me.value !== undefined && sessionLost.value);

/** Finds out whether there is a session, and goes to work with it. */
export async function begin(): Promise<void> {
  beginning.value = 'asking';
  try {
    const { rep } = await calls.me();
    work(rep);
    beginning.value = 'answered';
  } catch (error) {
    beginning.value = error instanceof NotDone && error.status === 401 ? 'answered' : 'unreachable';
  }
}

/** Signs in. Whoever signs in again as the same person finds everything as it was. @throws NotDone */
export async function signIn(name: string, role: Role): Promise<void> {
  const { rep } = await calls.signIn(name, role);
  if (me.value && me.value.id !== rep.id) {
    forgetLists();
    forgetOpen();
  }
  work(rep);
}

function work(rep: Rep): void {
  me.value = rep;
  sessionLost.value = false;
  goLive();
  void refreshLists();
}

export async function signOut(): Promise<void> {
  try {
    await calls.signOut();
  } catch (error) {
    if (!(error instanceof NotDone && error.status === 401)) return warn(error);
  }
  rest();
  me.value = undefined;
  forgetLists();
  forgetOpen();
}

export async function setStatus(status: RepStatus): Promise<void> {
  try {
    me.value = (await calls.setStatus(status)).rep;
  } catch (error) {
    warn(error);
  }
}

export async function setOtherWork(units: number): Promise<void> {
  if (!me.value) return;
  try {
    me.value = (await calls.setOtherWork(me.value.id, units)).rep;
  } catch (error) {
    warn(error);
  }
}
