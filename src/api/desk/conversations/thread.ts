import type { Card } from '../../../domain/chat/channel';
import type { Attachment, PersonAct } from '../../../domain/chat/events';
import { toDecimal } from '../../../domain/money/amounts';
import type { Content, ThreadMessage } from '../../../store';
import type { Content as WireContent, ThreadMessage as WireMessage } from '../../contract/thread';

/** A message of the thread as words: nothing that could be followed, run or replayed leaves the server. */
export function wireMessage(message: ThreadMessage): WireMessage {
  const { messageId, sequence, direction, speaker, rep, content, state, problem } = message;
  return {
    id: messageId,
    sequence,
    direction,
    speaker,
    ...(rep ? { rep } : {}),
    content: wordsOf(content),
    state,
    ...(problem ? { problem } : {}),
    at: message.createdAt.toISOString(),
    ...(message.sentAt ? { sentAt: message.sentAt.toISOString() } : {}),
    ...(message.deliveredAt ? { deliveredAt: message.deliveredAt.toISOString() } : {}),
    ...(message.readAt ? { readAt: message.readAt.toISOString() } : {}),
  };
}

function wordsOf(content: Content): WireContent {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: content.text };
    case 'card':
      return wordsOfCard(content.card);
    case 'act':
      return wordsOfAct(content.act);
    case 'line':
      return { kind: 'line', key: content.key, detail: content.detail ?? {} };
  }
}

function wordsOfCard(card: Card): WireContent {
  if (card.kind === 'receipt') {
    const lines = card.lines.map(({ title, subtitle }) => [title, subtitle].filter(Boolean).join(', '));
    const total = `${card.total.currency} ${toDecimal(card.total)}`;
    return { kind: 'card', text: ['Receipt', ...lines, `Total ${total}`].join('\n'), buttons: [] };
  }
  const captions = [
    ...(card.kind === 'buttons' ? card.buttons.map(captionOf) : []),
    ...(card.choices ?? []).map(({ title }) => title),
  ];
  if (captions.length === 0) return { kind: 'text', text: card.text };
  return { kind: 'card', text: card.text, buttons: captions };
}

function captionOf(button: Extract<Card, { kind: 'buttons' }>['buttons'][number]): string {
  if (button.kind === 'log-in') return 'Log In';
  return button.kind === 'log-out' ? 'Log Out' : button.title;
}

function wordsOfAct(act: PersonAct): WireContent {
  switch (act.kind) {
    case 'text':
      return { kind: 'text', text: act.text, ...attachmentsOf(act.attachments) };
    case 'attachments':
      return { kind: 'text', text: '', ...attachmentsOf(act.attachments) };
    case 'tap':
      return { kind: 'tap', title: act.title };
    case 'reaction':
      return line(act.removed ? 'reaction-removed' : 'reaction', act.emoji ? { emoji: act.emoji } : {});
    case 'edit':
      return line('edit', { text: act.text });
    case 'thread-control':
      return line(`thread-${act.change}`);
    case 'unsend':
    case 'referral':
    case 'opt-in':
    case 'linked':
    case 'unlinked':
      return line(act.kind);
  }
}

function attachmentsOf(attachments: Attachment[]): { attachments?: string[] } {
  return attachments.length > 0 ? { attachments: attachments.map(({ type }) => type) } : {};
}

function line(key: string, detail: Record<string, string> = {}): WireContent {
  return { kind: 'line', key, detail };
}
