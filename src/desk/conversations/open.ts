import { computed, signal } from '@preact/signals';
import type { ConversationDetail } from '../../api/contract/detail';
import type { Conversation } from '../../api/contract/conversation';
import { calls } from '../server/calls';
import { NotDone } from '../server/request';
import { coalesced } from '../state/coalesced';
import { loadDraft } from './drafts';
import { mayAct, me } from '../state/me';

/** On a narrow page one of the three columns is shown at a time. */
export const step = signal<'list' | 'thread' | 'context'>('list');

/** The conversation that is open, by id or reference; absent when none is. */
export const openId = signal<string | undefined>(undefined);

/** What is known of it; absent while it is read for the first time. */
export const detail = signal<ConversationDetail | undefined>(undefined);

/** Why it cannot be shown, or may be old. */
export const openProblem = signal('');

export const isMine = computed(() => {
  const owner = detail.value?.conversation.owner;
  return owner?.kind === 'rep' && owner.rep?.id === me.value?.id;
});

/** Opens a conversation; nothing about it changes by being looked at. */
export function open(conversation: Pick<Conversation, 'id' | 'reference'>): void {
  step.value = 'thread';
  if (isOpen(conversation.id)) return;
  openId.value = conversation.id;
  detail.value = undefined;
  openProblem.value = '';
  history.pushState(null, '', `#${conversation.reference}`);
  void refreshOpen();
}

/** Whether this conversation is the one that is open. */
export function isOpen(id: string): boolean {
  return openId.value === id || detail.value?.conversation.id === id;
}

/** Reads the open conversation anew. */
export const refreshOpen = coalesced(async () => {
  const id = openId.value;
  if (!id || !me.value) return;
  try {
    const read = await calls.conversation(id);
    if (openId.value !== id) return;
    detail.value = read;
    openProblem.value = '';
    if (mayAct.value) await loadDraft(read.conversation.id);
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    if (openId.value === id) openProblem.value = error.problem.detail;
  }
});

/** Shows at once what an action has changed. */
export function placeOpen(changed: Conversation): void {
  if (detail.value?.conversation.id === changed.id) detail.value = { ...detail.value, conversation: changed };
}

export function forgetOpen(): void {
  openId.value = undefined;
  detail.value = undefined;
  step.value = 'list';
}

/** The reference behind the `#` of the address names the open conversation, so that Back and a pasted link work. */
export function followAddress(): void {
  const follow = () => {
    const reference = decodeURIComponent(location.hash.slice(1));
    if (reference === '') forgetOpen();
    else if (detail.value?.conversation.reference !== reference) {
      openId.value = reference;
      detail.value = undefined;
      step.value = 'thread';
      void refreshOpen();
    }
  };
  addEventListener('popstate', follow);
  follow();
}
