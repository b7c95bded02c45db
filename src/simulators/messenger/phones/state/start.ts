import { effect } from '@preact/signals';
import { api } from './api';
import type { StreamEvent } from './model';
import {
  chosen,
  connected,
  front,
  NARROW,
  narrow,
  people,
  phones,
  shown,
  sorted,
  take,
  trouble,
  unread,
  withMessage,
} from './store';

/** Who is shown to a visitor who has not chosen yet: the two that pay each other in the seeds. */
const SHOWN_AT_FIRST = ['Dana', 'Lee'];
/** The choice outlives a reload. */
const CHOICE_KEY = 'phones-chosen';
/** A person needs a moment to read. */
const READ_AFTER_MS = 700;

/** Messages that came in while their phone was being loaded. */
const arrivals = new Map<string, StreamEvent[]>();

/** Connects the page: loads who there is, follows changes, and keeps what is shown up to date. */
export function start(): void {
  NARROW.addEventListener('change', () => (narrow.value = NARROW.matches));
  const stream = new EventSource('_sim/stream');
  stream.onmessage = ({ data }: MessageEvent<string>) => follow(JSON.parse(data) as StreamEvent);
  stream.onerror = () => (connected.value = false);
  stream.onopen = () => {
    connected.value = true;
    void reload();
  };
  effect(() => {
    for (const psid of shown.value) if (phones.peek()[psid] === undefined) void load(psid);
    unread.value = Object.fromEntries(Object.entries(unread.peek()).filter(([psid]) => !shown.value.includes(psid)));
  });
  effect(() => {
    const open = shown.value.filter((psid) => phones.value[psid]?.messages.some(isUnread));
    if (open.length > 0) setTimeout(() => void readAll(open), READ_AFTER_MS);
  });
}

/** Shows somebody's phone, or puts it away; where there is room for one, brings it to the front. */
export function choose(psid: string): void {
  front.value = psid;
  const isShown = chosen.value.includes(psid);
  if (!isShown) chosen.value = [...chosen.value, psid];
  else if (!narrow.value && chosen.value.length > 1) chosen.value = chosen.value.filter((other) => other !== psid);
  remember();
}

/** Does what the visitor asked for, and tells when it did not work; what went wrong before is settled by that. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  trouble.value = undefined;
  return look(action);
}

/** Does something of the page's own accord: it tells of trouble, and never takes away what the visitor has to read. */
async function look<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
    return undefined;
  }
}

async function reload(): Promise<void> {
  const list = await look(api.people);
  if (list === undefined) return;
  people.value = sorted(list);
  if (chosen.value.length === 0) chooseAtFirst();
  await Promise.all(Object.keys(phones.value).map(load));
}

function chooseAtFirst(): void {
  const known = remembered().filter((psid) => people.value.some((person) => person.psid === psid));
  const byName = SHOWN_AT_FIRST.flatMap(
    (first) => people.value.find(({ name }) => name.split(' ')[0] === first)?.psid ?? [],
  );
  const anybody = people.value.slice(0, 2).map(({ psid }) => psid);
  const list = [known, byName, anybody].find(({ length }) => length > 0) ?? [];
  front.value = list[0] ?? '';
  chosen.value = list;
}

async function load(psid: string): Promise<void> {
  arrivals.set(psid, []);
  const phone = await look(() => api.phone(psid));
  const meanwhile = arrivals.get(psid) ?? [];
  arrivals.delete(psid);
  if (phone === undefined) return;
  const messages = meanwhile.reduce(
    (list, event) => (event.type === 'message' ? withMessage(list, event.message) : list),
    phone.messages,
  );
  phones.value = { ...phones.value, [psid]: { ...phone, messages } };
}

function follow(event: StreamEvent): void {
  if (event.type === 'message') arrivals.get(event.psid)?.push(event);
  if (event.type === 'profile') void Promise.all(Object.keys(phones.value).map(load));
  take(event);
}

function isUnread(message: { from: string; readAt?: string }): boolean {
  return message.from === 'page' && message.readAt === undefined;
}

async function readAll(psids: readonly string[]): Promise<void> {
  if (document.visibilityState !== 'visible') return;
  const open = psids.filter((psid) => phones.value[psid]?.messages.some(isUnread));
  await look(() => Promise.all(open.map(api.read)));
}

function remembered(): string[] {
  return (localStorage.getItem(CHOICE_KEY) ?? '').split(',').filter(Boolean);
}

function remember(): void {
  localStorage.setItem(CHOICE_KEY, chosen.value.join(','));
}
