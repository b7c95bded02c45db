import { useLayoutEffect, useRef, useState } from 'preact/hooks';
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
 * The thread. What is added to a log is read out; what is not the customer's is taken out of that. Whoever reads back
 * stays where they are and is offered the new messages instead.
 */
export function Messages({ conversation, thread }: ConversationDetail) {
  const mine = outgoing.value.filter((message) => isStillApart(message, conversation.id, thread));
  const latest = thread.at(-1)?.sequence ?? 0;
  const { log, follows, seen, onScroll, toEnd } = useEnd(latest, mine.length);
  const missed = thread.filter(({ sequence }) => sequence > seen).length;
  return (
    <div class="messages">
      <div
        ref={log}
        class="log"
        id={THREAD}
        role="log"
        aria-label={`Conversation with ${conversation.person.name}`}
        tabIndex={0}
        onScroll={onScroll}
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
      {!follows && missed > 0 && (
        <button type="button" class="missed" onClick={toEnd}>
          {missed === 1 ? '1 new message' : `${missed} new messages`} ↓
        </button>
      )}
    </div>
  );
}

/**
 * Keeps the newest message in sight until somebody scrolls up, and again once they are back at the end. What one sends
 * oneself always comes into sight.
 */
function useEnd(latest: number, ownOnTheWay: number) {
  const log = useRef<HTMLDivElement>(null);
  const top = useRef(0);
  const own = useRef(ownOnTheWay);
  const [follows, setFollows] = useState(true);
  const [seen, setSeen] = useState(latest);
  const toEnd = () => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
    setFollows(true);
    setSeen(latest);
  };
  useLayoutEffect(() => {
    if (follows || ownOnTheWay > own.current) toEnd();
    own.current = ownOnTheWay;
  }, [latest, ownOnTheWay]);
  useLayoutEffect(() => {
    if (!follows || !log.current) return undefined;
    const resized = new ResizeObserver(() => log.current?.scrollTo({ top: log.current.scrollHeight }));
    resized.observe(log.current);
    return () => resized.disconnect();
  }, [follows]);
  const onScroll = () => {
    if (!log.current) return;
    const { scrollTop, scrollHeight, clientHeight } = log.current;
    // The event comes late: by then more may have been written. Only a movement upwards is somebody's own.
    if (scrollHeight - scrollTop - clientHeight < AT_THE_END_PX) {
      setFollows(true);
      setSeen(latest);
    } else if (scrollTop < top.current) setFollows(false);
    top.current = scrollTop;
  };
  return { log, follows, seen, onScroll, toEnd };
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
