import type { Content, ThreadMessage } from '../../api/contract/thread';

const STATES: Record<ThreadMessage['state'], string> = {
  received: '',
  recorded: '',
  pending: 'Waiting to be sent',
  sending: 'Sending…',
  sent: 'Sent',
  unconfirmed: 'Not confirmed',
  failed: 'Not sent',
  dropped: 'Not sent: somebody else had the conversation by then',
  'waiting-window': 'Waiting: leaves when the customer writes again',
};

/** What became of a message, in words. */
export function stateWords({ state, readAt, deliveredAt, problem }: ThreadMessage): string {
  if (state === 'sent' && readAt) return 'Read';
  if (state === 'sent' && deliveredAt) return 'Delivered';
  if (state === 'failed') return `Not sent: ${problemWords(problem)}`;
  if (state === 'unconfirmed') return 'Not confirmed: it may have arrived';
  return STATES[state];
}

/** Whether a rep's message can be sent again. */
export function canRetry({ state, speaker }: ThreadMessage): boolean {
  return speaker === 'rep' && (state === 'failed' || state === 'unconfirmed');
}

const PROBLEMS: Partial<Record<string, string>> = {
  'window-closed': 'the customer must write first',
  'person-unreachable': 'the customer cannot be reached',
  'not-found': 'the customer is not there any more',
  'thread-controlled-elsewhere': 'another inbox has the conversation',
  'invalid-request': 'Messenger did not accept it',
  refused: 'Messenger refused it',
  'rate-limited': 'too many messages at once',
  'not-authorized': 'the page may not send now',
  'account-restricted': 'the page may not send now',
  unavailable: 'Messenger was not reachable',
  'timed-out': 'no answer came in time',
};

function problemWords(problem: string | undefined): string {
  return problem === undefined ? 'Messenger refused it' : (PROBLEMS[problem] ?? problem.replaceAll('-', ' '));
}

const LINES: Partial<Record<string, string>> = {
  unsent: 'A message was taken back',
  'said-elsewhere': 'Answered from another inbox',
  unsend: 'Took a message back',
  edit: 'Changed a message',
  reaction: 'Reacted',
  'reaction-removed': 'Took a reaction back',
  referral: 'Came through a link or an advertisement',
  'opt-in': 'Agreed to messages',
  linked: 'Linked the account',
  unlinked: 'Unlinked the account',
  'thread-given-to-us': 'Another inbox gave the conversation back',
  'thread-taken-from-us': 'Another inbox took the conversation',
  'thread-requested': 'Another inbox asks for the conversation',
};

/** A line of the thread in words. */
export function lineWords({ key, detail }: Extract<Content, { kind: 'line' }>): string {
  const words = LINES[key] ?? key.replaceAll(/[-.]/g, ' ');
  const more = detail['text'] ?? detail['emoji'];
  return more ? `${words}: ${more}` : words;
}

/** What a message says, for reading aloud and for sending again. */
export function plainText(content: Content): string {
  switch (content.kind) {
    case 'text':
      return [content.text, ...(content.attachments ?? []).map((type) => `[${type}]`)].filter(Boolean).join(' ');
    case 'card':
      return content.text;
    case 'tap':
      return content.title;
    case 'line':
      return lineWords(content);
  }
}
