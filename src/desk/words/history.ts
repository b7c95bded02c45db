import type { HistoryEntry } from '../../api/contract/detail';
import { reasonWords } from './owner';

const KINDS: Partial<Record<string, string>> = {
  queued: 'Handed to a person',
  'left-queue': 'Left the queue',
  claim: 'Took it',
  release: 'Put it back into the queue',
  'return-to-bot': 'Returned it to the bot',
  transfer: 'Handed it over',
  snooze: 'Put it aside',
  resolve: 'Resolved it',
  'message-failed': 'A message was not sent',
  'message-unconfirmed': 'A message is not confirmed',
  'message-confirmed': 'A message turned out to have arrived',
  'message-dropped': 'A late message was dropped',
};

/** Kinds that the thread itself shows; the history would only repeat them. */
const IN_THE_THREAD = new Set(['message', 'message-sent', 'receipt', 'reply', 'note', 'said-elsewhere']);

/** One line of the history in words; nothing for what the thread shows. */
export function historyWords({ kind, actor, detail }: HistoryEntry): { who: string; what: string } | undefined {
  if (IN_THE_THREAD.has(kind)) return undefined;
  const words = KINDS[kind] ?? kind.replaceAll('-', ' ');
  const { to, reason } = detail;
  const target = typeof to === 'string' ? ` to ${to}` : '';
  const why = typeof reason === 'string' ? `: ${kind === 'queued' ? reasonWords(reason).toLowerCase() : reason}` : '';
  return { who: whoWords(actor), what: `${words}${target}${why}` };
}

function whoWords(actor: string | undefined): string {
  if (actor === 'person') return 'Customer';
  return actor === undefined || actor === 'bot' ? 'Bot' : actor;
}
