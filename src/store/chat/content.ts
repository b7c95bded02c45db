import type { Card } from '../../domain/chat/channel';
import type { PersonAct } from '../../domain/chat/events';

/** What a row of a conversation holds. Encrypted as a whole, under the person's key. */
export type Content =
  /** Words of a rep to colleagues: notes. */
  | { kind: 'text'; text: string }
  /** What the person sees. */
  | { kind: 'card'; card: Card }
  /** What the person did. */
  | { kind: 'act'; act: PersonAct }
  /** A line of the conversation's history, such as a change of owner; the desk has the words for it. */
  | { kind: 'line'; key: string; detail?: Record<string, string> };

/** What stands in place of something that the person took back. */
export const UNSENT: Content = { kind: 'line', key: 'unsent' };

/** The content with its text exchanged; what holds no text of a person stays as it is. */
export function withText(content: Content, text: string): Content {
  if (content.kind === 'text') return { ...content, text };
  if (content.kind === 'act' && content.act.kind === 'text') return { kind: 'act', act: { ...content.act, text } };
  return content;
}
