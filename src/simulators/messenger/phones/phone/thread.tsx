import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Initials } from '../people/avatar';
import type { MessageView, PhoneView } from '../state/model';
import { api } from '../state/api';
import { attempt } from '../state/start';
import { Bubble } from './bubble';
import { QuickReplies } from './quick-replies';

/** Quiet after which the time is written between two messages, in milliseconds. */
const TIME_GAP_MS = 15 * 60 * 1000;

/** The conversation of one person, always at its end unless the visitor has scrolled up. */
export function Thread({ phone }: { phone: PhoneView }) {
  const { person, messages, typing, page } = phone;
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element !== null && follows.current) element.scrollTop = element.scrollHeight;
  }, [messages, typing]);
  const noteScroll = (): void => {
    const element = list.current;
    if (element !== null) follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
  };
  const lastOwn = messages.findLast(({ from }) => from === 'person');

  return (
    <div
      class="thread"
      ref={list}
      onScroll={noteScroll}
      role="log"
      aria-label={`${person.name} and ${page}`}
      tabIndex={0}
    >
      {messages.length === 0 && <Beginning phone={phone} />}
      {messages.map((message, index) => (
        <Fragment key={message.mid}>
          <TimeBetween before={messages[index - 1]} message={message} />
          <Bubble
            psid={person.psid}
            page={page}
            message={message}
            startsRun={startsRun(messages[index - 1], message)}
          />
          {message === lastOwn && <p class="state">{stateOf(message)}</p>}
        </Fragment>
      ))}
      {typing !== null && (
        <div class="row page">
          <Initials name={typing.name ?? page} />
          <p class="bubble dots">
            <span class="unseen">{typing.name ?? page} is typing</span>
            <i />
            <i />
            <i />
          </p>
        </div>
      )}
      <QuickReplies psid={person.psid} last={messages.at(-1)} />
    </div>
  );
}

/** What a phone shows before the first word. */
function Beginning({ phone }: { phone: PhoneView }) {
  const { person, page, greeting, getStarted } = phone;
  return (
    <div class="start">
      <Initials name={page} />
      <p>{greeting ?? `Nothing has been said yet. Write something to ${page}.`}</p>
      {getStarted && (
        <button
          type="button"
          class="main"
          onClick={() => void attempt(() => api.tap(person.psid, { getStarted: true }))}
        >
          Get Started
        </button>
      )}
    </div>
  );
}

function TimeBetween({ before, message }: { before: MessageView | undefined; message: MessageView }) {
  const at = new Date(message.at);
  if (before !== undefined && at.getTime() - Date.parse(before.at) < TIME_GAP_MS) return null;
  const text = at.toLocaleString([], { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  return (
    <p class="time">
      <time dateTime={message.at}>{text}</time>
    </p>
  );
}

/** A speaker is named, and pictured, once for several messages in a row. */
function startsRun(before: MessageView | undefined, message: MessageView): boolean {
  return before === undefined || before.from !== message.from || before.persona?.id !== message.persona?.id;
}

function stateOf({ readAt, deliveredAt }: MessageView): string {
  if (readAt !== undefined) return 'Seen';
  return deliveredAt === undefined ? 'Sent' : 'Delivered';
}
