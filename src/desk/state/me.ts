import { computed, signal } from '@preact/signals';
import type { Rep } from '../../api/contract/desk';
import { calls } from '../server/calls';
import { NotDone } from '../server/request';
import { coalesced } from './coalesced';

/** Who works here; absent before anybody has signed in. */
export const me = signal<Rep | undefined>(undefined);

/** Whether they may act, or only read. */
export const mayAct = computed(() => me.value?.role === 'rep' || me.value?.role === 'supervisor');

/** Reads status and load anew; whoever cannot be asked now is asked at the next change. */
export const refreshMe = coalesced(async () => {
  try {
    me.value = (await calls.me()).rep;
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
  }
});
