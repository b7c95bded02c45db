import { computed, signal } from '@preact/signals';
import type { MessageView, PersonView, PhoneView, StreamEvent } from './model';

/** Below this width one phone is shown at a time. */
export const NARROW = window.matchMedia('(max-width: 719px)');

/** Everybody there is to be. */
export const people = signal<readonly PersonView[]>([]);
/** The phones that were opened, by person. */
export const phones = signal<Readonly<Record<string, PhoneView>>>({});
/** Whom the visitor is at the moment, in the order they were chosen. */
export const chosen = signal<readonly string[]>([]);
/** Whose phone is in front where there is room for one. */
export const front = signal('');
export const narrow = signal(NARROW.matches);
/** Messages of the page that came for somebody whose phone is not shown. */
export const unread = signal<Readonly<Record<string, number>>>({});
/** A sentence for the visitor when something did not work. */
export const trouble = signal<string | undefined>(undefined);
/** False while the stream of changes is interrupted. */
export const connected = signal(true);
/** The message whose exchanges are looked at. */
export const inspected = signal<{ readonly psid: string; readonly message: MessageView } | undefined>(undefined);

/** The people whose phones are on the screen. */
export const shown = computed(() => {
  const list = narrow.value ? [front.value] : chosen.value;
  return list.filter((psid) => people.value.some((person) => person.psid === psid));
});

/** Messages that were counted: the stream tells of a message again when something about it changes. */
const counted = new Set<string>();

/** Takes up one change the simulator tells of. */
export function take(event: StreamEvent): void {
  switch (event.type) {
    case 'person':
      people.value = sorted([...people.value.filter(({ psid }) => psid !== event.person.psid), event.person]);
      change(event.person.psid, (phone) => ({ ...phone, person: event.person }));
      return;
    case 'typing':
      change(event.psid, (phone) => ({ ...phone, typing: event.by }));
      return;
    case 'message':
      countUnread(event.psid, event.message);
      change(event.psid, (phone) => ({ ...phone, messages: withMessage(phone.messages, event.message) }));
      return;
    case 'profile':
      return;
  }
}

/** People by name. */
export function sorted(list: readonly PersonView[]): PersonView[] {
  return list.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Puts a message in, or in the place of what was known of it. */
export function withMessage(messages: readonly MessageView[], message: MessageView): MessageView[] {
  const index = messages.findIndex(({ mid }) => mid === message.mid);
  return index < 0 ? [...messages, message] : messages.with(index, message);
}

function change(psid: string, next: (phone: PhoneView) => PhoneView): void {
  const phone = phones.value[psid];
  if (phone !== undefined) phones.value = { ...phones.value, [psid]: next(phone) };
}

function countUnread(psid: string, message: MessageView): void {
  const isNew = message.from === 'page' && message.deliveredAt === undefined && !counted.has(message.mid);
  if (!isNew || shown.value.includes(psid)) return;
  counted.add(message.mid);
  unread.value = { ...unread.value, [psid]: (unread.value[psid] ?? 0) + 1 };
}
