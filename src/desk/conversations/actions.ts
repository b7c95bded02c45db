import { signal } from '@preact/signals';
import type { Conversation } from '../../api/contract/conversation';
import { calls } from '../server/calls';
import type { ActionKind } from '../server/calls';
import { NotDone } from '../server/request';
import { refusalWords } from '../words/refusals';
import { COMPOSER, LIST_HEADING, THREAD, focusSoon, rowOf } from '../state/focus';
import { place, refreshLists, shown, waiting } from './lists';
import { refreshMe } from '../state/me';
import { say, warn } from '../state/notices';
import { open, placeOpen, refreshOpen } from './open';

/** What a rep does with a conversation besides writing. */
export type Press = Exclude<ActionKind, 'reply' | 'note'>;

/** Presses whose answer is awaited, as `conversation/kind`. */
export const pressing = signal<ReadonlySet<string>>(new Set());

/** Ids of presses that may have been done: pressing again asks after the same press. */
const uncertain = new Map<string, string>();

export function isPressing(conversationId: string, kind: Press): boolean {
  return pressing.value.has(`${conversationId}/${kind}`);
}

/** Takes a waiting conversation. Who loses is told who has it, and is led on to the next. */
export async function take(conversation: Conversation): Promise<void> {
  const next = nextWaiting(conversation.id);
  const refusal = await press(conversation, 'claim');
  if (refusal === 'busy') return;
  if (!refusal) {
    open(conversation);
    say(`${conversation.person.name} is yours now.`);
    await refreshOpen();
    focusSoon(COMPOSER);
  } else if (refusal.problem.code === 'already_claimed') {
    focusSoon(...(next ? [rowOf(next.id)] : []), LIST_HEADING);
  }
}

/** Done with it: the bot answers next, unless it is kept. */
export async function resolve(conversation: Conversation, reason: string, keep = false): Promise<void> {
  const next = nextShown(conversation.id);
  if (await press(conversation, 'resolve', { reason, ...(keep ? { keep } : {}) })) return;
  say(keep ? 'Resolved. It comes back to you when the customer writes.' : 'Resolved. The bot answers next.');
  leave(next);
}

export async function release(conversation: Conversation): Promise<void> {
  const next = nextShown(conversation.id);
  if (await press(conversation, 'release')) return;
  say(`${conversation.person.name} waits again, in the old place.`);
  leave(next);
}

export async function returnToBot(conversation: Conversation): Promise<void> {
  const next = nextShown(conversation.id);
  if (await press(conversation, 'return-to-bot')) return;
  say('The bot has it again.');
  leave(next);
}

export async function transfer(conversation: Conversation, to: { id: string; name: string }, reason: string) {
  const next = nextShown(conversation.id);
  if (await press(conversation, 'transfer', { to: { repId: to.id }, reason })) return;
  say(`${to.name} has it now.`);
  leave(next);
}

export async function snooze(conversation: Conversation, until: Date | 'message'): Promise<void> {
  const body = until === 'message' ? { untilMessage: true } : { until: until.toISOString() };
  if (await press(conversation, 'snooze', body)) return;
  say('Put aside.');
  focusSoon(THREAD);
}

/** Presses once; gives the refusal, which has been told, or nothing when it was done. */
async function press(
  conversation: Conversation,
  kind: Press,
  body: Record<string, unknown> = {},
): Promise<NotDone | 'busy' | undefined> {
  const key = `${conversation.id}/${kind}`;
  if (pressing.value.has(key)) return 'busy';
  pressing.value = new Set([...pressing.value, key]);
  const pressKey = `${key}/${JSON.stringify(body)}`;
  const actionId = uncertain.get(pressKey) ?? crypto.randomUUID();
  uncertain.delete(pressKey);
  try {
    const answer = await calls.act(conversation.id, kind, { actionId, ...body });
    place(answer.conversation);
    placeOpen(answer.conversation);
    void refreshMe();
    return undefined;
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    if (error.isUncertain) uncertain.set(pressKey, actionId);
    warn(error, refusalWords(error.problem, conversation.person.name));
    await refreshLists();
    return error;
  } finally {
    pressing.value = new Set([...pressing.value].filter((one) => one !== key));
    void refreshLists();
    void refreshOpen();
  }
}

/** After a conversation has gone: the keyboard goes on to the next row, or to the head of the list. */
function leave(next: Conversation | undefined): void {
  focusSoon(...(next ? [rowOf(next.id)] : []), LIST_HEADING, THREAD);
}

function nextWaiting(id: string): Conversation | undefined {
  return after(waiting.value, id);
}

function nextShown(id: string): Conversation | undefined {
  return after(shown.value, id);
}

function after(rows: Conversation[], id: string): Conversation | undefined {
  const index = rows.findIndex((row) => row.id === id);
  return rows[index + 1] ?? rows.find((row) => row.id !== id);
}
