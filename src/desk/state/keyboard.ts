import { signal } from '@preact/signals';
import type { Conversation } from '../../api/contract/conversation';
import { take } from '../conversations/actions';
import { dialog } from './dialog';
import { COMPOSER, focusSoon, rowOf } from './focus';
import { shown, waiting } from '../conversations/lists';
import { mayAct } from './me';
import { modes, setMode } from '../conversations/modes';
import { detail, isMine, isOpen, open } from '../conversations/open';

const STORED = 'desk.single-key-shortcuts';

/** Whether single letters act; whoever speaks to the computer, or types elsewhere, can switch them off. */
export const shortcutsOn = signal(localStorage.getItem(STORED) !== 'off');

export function switchShortcuts(on: boolean): void {
  shortcutsOn.value = on;
  localStorage.setItem(STORED, on ? 'on' : 'off');
}

/** What each key does, as the overview lists it. */
export const SHORTCUTS: readonly { key: string; does: string; run: () => void }[] = [
  { key: 't', does: 'Take the open or the longest waiting conversation', run: takeOne },
  { key: 'r', does: 'Reply', run: () => write('reply') },
  { key: 'n', does: 'Note for colleagues', run: () => write('note') },
  { key: 'e', does: 'Resolve', run: () => isMine.value && (dialog.value = 'resolve') },
  { key: 'j', does: 'Next conversation', run: () => move(1) },
  { key: 'k', does: 'Previous conversation', run: () => move(-1) },
  { key: '?', does: 'This overview', run: () => (dialog.value = 'shortcuts') },
];

export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!shortcutsOn.value || dialog.value || !detailOrList() || isTyping(event.target)) return;
    const shortcut = SHORTCUTS.find(({ key }) => key === event.key);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
}

/** Before anybody has signed in there is nothing to steer. */
function detailOrList(): boolean {
  return document.getElementById('conversations') !== null && document.querySelector('dialog[open]') === null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

function takeOne(): void {
  const opened = detail.value?.conversation;
  const wanted = opened?.owner.kind === 'queue' ? opened : waiting.value[0];
  if (wanted && mayAct.value) void take(wanted);
}

function write(mode: 'reply' | 'note'): void {
  const id = detail.value?.conversation.id;
  if (!id || (mode === 'reply' && !isMine.value) || !mayAct.value) return;
  if ((modes.value[id] ?? 'reply') !== mode) setMode(id, mode);
  focusSoon(COMPOSER);
}

function move(by: 1 | -1): void {
  const rows: Conversation[] = shown.value;
  const index = rows.findIndex(({ id }) => isOpen(id));
  const next = index < 0 ? rows[0] : rows[index + by];
  if (!next) return;
  open(next);
  focusSoon(rowOf(next.id));
}
