import type { Conversation } from '../../api/contract/conversation';
import type { Content, ThreadMessage } from '../../api/contract/thread';
import { isMine } from '../conversations/open';
import { retry, retrying, takeBack, tryAgain } from '../conversations/outgoing';
import type { Outgoing } from '../conversations/outgoing';
import { today } from '../state/clock';
import { me } from '../state/me';
import { canRetry, lineWords, plainText, stateWords } from '../words/message';
import { timeOfDay, wholeTime } from '../words/time';

/** One message of the thread: who, when, what, and what became of it. */
export function Bubble({ message, conversation }: { message: ThreadMessage; conversation: Conversation }) {
  const { direction, speaker, content, at, state } = message;
  if (content.kind === 'line') return <Line content={content} at={at} />;
  const isRetrying = retrying.value.has(message.id);
  const words = isRetrying ? 'Sending again…' : stateWords(message);
  return (
    <li
      class="bubble"
      data-direction={direction}
      data-speaker={speaker}
      data-state={state}
      aria-live={speaker === 'person' ? undefined : 'off'}
    >
      <p class="by">
        <b dir="auto">{speakerWords(message, conversation)}</b> <Moment iso={at} />
      </p>
      <Body content={content} />
      {words !== '' && (
        <p class="state">
          {words}
          {canRetry(message) && isMine.value && !isRetrying && (
            <button type="button" onClick={() => void retry(conversation.id, message, plainText(content))}>
              Retry
            </button>
          )}
        </p>
      )}
    </li>
  );
}

/** A text that the server does not have yet. */
export function OutgoingBubble({ message }: { message: Outgoing }) {
  const { kind, text, trouble } = message;
  const state = trouble ? (trouble.uncertain ? 'unconfirmed' : 'failed') : 'sending';
  return (
    <li
      class="bubble"
      data-direction={kind === 'note' ? 'note' : 'out'}
      data-speaker="rep"
      data-state={state}
      aria-live="off"
    >
      <p class="by">
        <b>{kind === 'note' ? 'Your note' : 'You'}</b>
      </p>
      <Body content={{ kind: 'text', text }} />
      <p class="state">
        {trouble ? `${trouble.uncertain ? 'Not confirmed' : 'Not sent'}: ${trouble.words}` : 'Sending…'}
        {trouble && (
          <>
            <button type="button" onClick={() => tryAgain(message)}>
              Retry
            </button>
            {!trouble.uncertain && (
              <button type="button" onClick={() => takeBack(message)}>
                Edit
              </button>
            )}
          </>
        )}
      </p>
    </li>
  );
}

/** Words of people are text and nothing else: nothing in them is ever a link or markup. */
function Body({ content }: { content: Exclude<Content, { kind: 'line' }> }) {
  if (content.kind === 'tap') {
    return (
      <p class="body">
        <span class="quiet">Tapped </span>
        <span class="caption">{content.title}</span>
      </p>
    );
  }
  return (
    <>
      {content.text !== '' && (
        <p class="body" dir="auto">
          {content.text}
        </p>
      )}
      {content.kind === 'text' &&
        content.attachments?.map((type, index) => (
          <p key={index} class="body quiet">
            [{type}: not shown here]
          </p>
        ))}
      {content.kind === 'card' && content.buttons.length > 0 && (
        <p class="captions">
          {content.buttons.map((caption) => (
            <span key={caption} class="caption">
              {caption}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function Line({ content, at }: { content: Extract<Content, { kind: 'line' }>; at: string }) {
  return (
    <li class="line">
      <span dir="auto">{lineWords(content)}</span> <Moment iso={at} />
    </li>
  );
}

function Moment({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={wholeTime(iso)}>
      {timeOfDay(iso, today.value)}
    </time>
  );
}

function speakerWords({ speaker, rep, direction }: ThreadMessage, { person }: Conversation): string {
  const isMe = rep?.id === me.value?.id;
  if (direction === 'note') return isMe ? 'Your note' : `${rep?.name ?? 'A colleague'}'s note`;
  if (speaker === 'person') return person.name;
  if (speaker === 'rep') return isMe ? 'You' : (rep?.name ?? 'A rep');
  return speaker === 'bot' ? 'Bot' : 'Automatic';
}
