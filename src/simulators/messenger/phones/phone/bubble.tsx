import { Initials } from '../people/avatar';
import type { MessageView } from '../state/model';
import { Attachment } from '../content/attachment';
import { Card } from '../content/card';
import { LinkedText } from '../content/linked-text';
import { MessageActions } from './message-actions';

/** One message: whatever it holds, who speaks, reactions, and what can be done with it. */
export function Bubble({
  psid,
  page,
  message,
  startsRun,
}: {
  psid: string;
  page: string;
  message: MessageView;
  startsRun: boolean;
}) {
  const speaker = message.persona?.name ?? page;
  const reactions = [message.reaction, message.pageReaction].filter((emoji) => emoji !== undefined);
  return (
    <div class={`row ${message.from}${startsRun ? ' first' : ''}`}>
      {message.from === 'page' && (startsRun ? <Initials name={speaker} /> : <span class="avatar-room" />)}
      <div class="said">
        {startsRun && message.persona !== undefined && <p class="speaker">{speakerLine(speaker, page)}</p>}
        {startsRun && <span class="unseen">{message.from === 'page' ? `${speaker}:` : 'You:'}</span>}
        <Content psid={psid} message={message} />
        {reactions.length > 0 && <span class="reactions">{reactions.join(' ')}</span>}
      </div>
      <MessageActions psid={psid} message={message} />
    </div>
  );
}

/** "Ana from PayPal"; a persona that already says so is left as it is. */
function speakerLine(speaker: string, page: string): string {
  return speaker.includes(page) ? speaker : `${speaker} from ${page}`;
}

function Content({ psid, message }: { psid: string; message: MessageView }) {
  if (message.unsent) return <p class="bubble gone">Message unsent</p>;
  return (
    <>
      {message.text !== undefined && (
        <p class="bubble">
          <LinkedText text={message.text} />
        </p>
      )}
      {message.attachment !== undefined && <Attachment {...message.attachment} />}
      {message.template !== undefined && <Card psid={psid} message={message} />}
    </>
  );
}
