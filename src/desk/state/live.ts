import { signal } from '@preact/signals';
import type { Change } from '../../api/contract/events';
import type { ActionKind } from '../server/calls';
import { sessionLost } from '../server/request';
import { refreshLists } from '../conversations/lists';
import { me, refreshMe } from './me';
import { isOpen, refreshOpen } from '../conversations/open';

/** Whether changes arrive by themselves; `since` is when that was last certain, in milliseconds since the epoch. */
export const live = signal<{ state: 'connecting' | 'live' | 'reconnecting'; since: number }>({
  state: 'connecting',
  since: Date.now(),
});

/** Pauses before the stream is opened anew when the browser has given up on it. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/** What reps do that takes a slot or gives one back: whoever's it was, their load is read anew. */
const MOVES_A_SLOT: ReadonlySet<string> = new Set<ActionKind>([
  'claim',
  'release',
  'return-to-bot',
  'transfer',
  'resolve',
]);

let source: EventSource | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let pauseMs = FIRST_PAUSE_MS;
let lastId: string | undefined;

/** Opens the stream of changes; it goes on from the last event this page has. */
export function goLive(): void {
  rest();
  source = new EventSource(`/api/desk/events${lastId === undefined ? '' : `?after=${lastId}`}`);
  source.addEventListener('open', () => {
    pauseMs = FIRST_PAUSE_MS;
    live.value = { state: 'live', since: Date.now() };
  });
  source.addEventListener('snapshot', (event) => {
    heard(event);
    void refreshLists();
    void refreshOpen();
    void refreshMe();
  });
  source.addEventListener('change', (event) => {
    heard(event);
    apply(JSON.parse(event.data as string) as Change);
  });
  source.addEventListener('signed-out', () => {
    rest();
    sessionLost.value = true;
  });
  source.addEventListener('error', () => lost());
}

/** Closes the stream. */
export function rest(): void {
  clearTimeout(timer);
  source?.close();
  source = undefined;
}

function heard(event: MessageEvent): void {
  if (event.lastEventId !== '') lastId = event.lastEventId;
  live.value = { state: 'live', since: Date.now() };
}

function apply({ kind, conversationId }: Change): void {
  if (kind.startsWith('rep-')) {
    void refreshMe();
    return;
  }
  if (MOVES_A_SLOT.has(kind)) void refreshMe();
  void refreshLists();
  if (conversationId && isOpen(conversationId)) void refreshOpen();
}

/** A browser comes back by itself after a cut, but not after an answer that was no stream. */
function lost(): void {
  if (live.value.state === 'live') live.value = { state: 'reconnecting', since: Date.now() };
  else live.value = { ...live.value, state: 'reconnecting' };
  if (source?.readyState !== EventSource.CLOSED) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!me.value || sessionLost.value) return;
    void refreshMe();
    goLive();
  }, pauseMs);
  pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
}
