import { api } from '../state/api';
import type { MessageView } from '../state/model';
import { attempt } from '../state/start';

/** Answers to choose from: only under the newest message, as on a real phone. */
export function QuickReplies({ psid, last }: { psid: string; last: MessageView | undefined }) {
  const replies = last?.quickReplies;
  if (last === undefined || replies === undefined || last.unsent) return null;
  return (
    <ul class="quick-replies" aria-label="Quick replies">
      {replies.map(({ title }) => (
        <li key={title}>
          <button type="button" onClick={() => void attempt(() => api.tap(psid, { mid: last.mid, title }))}>
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}
