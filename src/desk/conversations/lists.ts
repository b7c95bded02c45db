import { computed, signal } from '@preact/signals';
import type { Conversation, ListState } from '../../api/contract/conversation';
import { calls } from '../server/calls';
import { NotDone } from '../server/request';
import { coalesced } from '../state/coalesced';
import { me } from '../state/me';

/** What the left column shows: who waits and what is mine, or everything, or what is closed. */
export type ListView = 'queue' | 'all' | 'closed';

export const view = signal<ListView>('queue');

const rows = signal<Partial<Record<ListState, Conversation[]>>>({});

/** Why the lists may be old; empty when they are not. */
export const listProblem = signal('');

/** The rows of one list; undefined while they were never read. */
export function rowsOf(state: ListState): Conversation[] | undefined {
  return rows.value[state];
}

export const waiting = computed(() => rows.value.waiting ?? []);

/** The rows in the order of the page, for moving through them. */
export const shown = computed(() =>
  view.value === 'queue' ? [...waiting.value, ...(rows.value.mine ?? [])] : (rows.value[view.value] ?? []),
);

/** Reads the lists that are shown. */
export const refreshLists = coalesced(async () => {
  if (!me.value) return;
  const states: ListState[] = view.value === 'queue' ? ['waiting', 'mine'] : ['waiting', view.value];
  try {
    const read = await Promise.all(states.map((state) => calls.list(state)));
    rows.value = {
      ...rows.value,
      ...Object.fromEntries(states.map((state, index) => [state, read[index]?.conversations ?? []])),
    };
    listProblem.value = '';
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    listProblem.value = error.problem.detail;
  }
});

export function show(next: ListView): void {
  view.value = next;
  void refreshLists();
}

/** Shows at once what an action has changed; the next reading confirms it. */
export function place(changed: Conversation): void {
  const { kind, rep } = changed.owner;
  const without = (list: Conversation[] = []) => list.filter(({ id }) => id !== changed.id);
  const { waiting: wait, mine, ...others } = rows.value;
  rows.value = {
    ...others,
    waiting: kind === 'queue' ? [...without(wait), changed] : without(wait),
    mine: kind === 'rep' && rep?.id === me.value?.id ? [changed, ...without(mine)] : without(mine),
  };
}

export function forgetLists(): void {
  rows.value = {};
}
