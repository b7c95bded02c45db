import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConversationDetail } from '../../api/contract/detail';
import type { ThreadMessage } from '../../api/contract/thread';
import { outgoing } from '../conversations/outgoing';
import type { Outgoing } from '../conversations/outgoing';
import { THREAD } from '../state/focus';
import { me } from '../state/me';
import { plainText } from '../words/message';
import { Bubble, OutgoingBubble } from './bubble';

/** Closer to the end than this, in pixels, one reads the newest message and wants to stay with it. */
const AT_THE_END_PX = 80;

/**
 * The thread. Only what the customer says is read out; what is above the window stays where it is while somebody reads
 * back, and new messages are offered instead.
 */
export function Messages({ conversation, thread }: ConversationDetail) {
  const log = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(thread.at(-1)?.sequence ?? 0);
  const mine = outgoing.value.filter((message) => isStillApart(message, conversation.id, thread));
  const latest = thread.at(-1)?.sequence ?? 0;
  const missed = thread.filter(({ sequence }) => sequence > seen).length;

  const toEnd = () => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
    setSeen(latest);
  };
  useLayoutEffect(() => {
    if (atEnd) toEnd();
  }, [latest, mine.length, atEnd]);

  return (
    <div class="messages">
      <div
        ref={log}
        class="log"
        id={THREAD}
        role="log"
        aria-live="off"
        aria-label={`Conversation with ${conversation.person.name}`}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < AT_THE_END_PX)
        }
      >
        {thread.length === 0 && <p class="quiet">Nothing was said yet.</p>}
        <ol>
          {thread.map((message) => (
            <Bubble key={message.id} message={message} conversation={conversation} />
          ))}
          {mine.map((message) => (
            <OutgoingBubble key={message.actionId} message={message} />
          ))}
        </ol>
      </div>
      {!atEnd && missed > 0 && (
        <button type="button" class="missed" onClick={toEnd}>
          {missed === 1 ? '1 new message' : `${missed} new messages`} ↓
        </button>
      )}
      <ReadOut thread={thread} name={conversation.person.name} />
    </div>
  );
}

/** Reads out what the customer said since the conversation was opened. */
function ReadOut({ thread, name }: { thread: ThreadMessage[]; name: string }) {
  const [words, setWords] = useState('');
  const last = thread.findLast(({ direction }) => direction === 'in');
  const known = useRef(last?.sequence ?? 0);
  useEffect(() => {
    if (!last || last.sequence <= known.current) return;
    known.current = last.sequence;
    setWords(`${name}: ${plainText(last.content)}`);
  }, [last?.sequence]);
  return (
    <p class="sr-only" aria-live="polite">
      {words}
    </p>
  );
}

/** A text on its way is shown apart until the thread shows it: from then on that one is the truth. */
function isStillApart(sent: Outgoing, conversationId: string, thread: ThreadMessage[]): boolean {
  if (sent.conversationId !== conversationId) return false;
  const direction = sent.kind === 'note' ? 'note' : 'out';
  return !thread.some(
    (message) =>
      message.sequence > sent.after &&
      message.direction === direction &&
      message.rep?.id === me.value?.id &&
      plainText(message.content) === sent.text,
  );
}
