import { useRef } from 'preact/hooks';
import { REPLY_MAX } from '../../api/contract/limits';
import type { Conversation } from '../../api/contract/conversation';
import type { ConversationDetail } from '../../api/contract/detail';
import { drafts, save, type, unsaved } from '../conversations/drafts';
import { modes, setMode } from '../conversations/modes';
import type { Mode } from '../conversations/modes';
import { isMine } from '../conversations/open';
import { send } from '../conversations/outgoing';
import { now } from '../state/clock';
import { COMPOSER, focusSoon } from '../state/focus';
import { replyWindow } from '../words/reply-window';

const MODES: Record<Mode, string> = { reply: 'Reply', note: 'Note' };

/** Where a reply or a note is written. What is typed is never lost: not by a refusal, a cut or a lost session. */
export function Composer({ conversation, context }: ConversationDetail) {
  const { id } = conversation;
  const mode = modes.value[id] ?? 'reply';
  const text = drafts.value[id] ?? '';
  const field = useRef<HTMLTextAreaElement>(null);
  const barred = mode === 'reply' ? whyNoReply(conversation) : whyNoNote(conversation);
  const isSendable = !barred && text.trim() !== '' && text.length <= REPLY_MAX;
  const submit = () => {
    if (!isSendable) return;
    send(id, mode, text);
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      data-mode={mode}
      aria-label={mode === 'note' ? 'Write a note' : 'Write a reply'}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="composer-head">
        <span class="modes" role="group" aria-label="Write a">
          {Object.entries(MODES).map(([value, words]) => (
            <button
              key={value}
              type="button"
              aria-pressed={mode === value}
              onClick={() => {
                setMode(id, value as Mode);
                focusSoon(COMPOSER);
              }}
            >
              {words}
            </button>
          ))}
        </span>
        {mode === 'note' ? (
          <span class="note-label">Only colleagues see a note</span>
        ) : (
          <WindowLine context={context} />
        )}
      </div>
      <label class="sr-only" for={COMPOSER}>
        {mode === 'note' ? 'Note' : 'Reply'}
      </label>
      <textarea
        ref={field}
        id={COMPOSER}
        rows={3}
        dir="auto"
        value={text}
        aria-describedby="composer-help"
        placeholder={barred ? '' : mode === 'note' ? 'A note for colleagues' : `Reply to ${conversation.person.name}`}
        readOnly={barred !== undefined && text === ''}
        onInput={(event) => type(id, event.currentTarget.value)}
        onBlur={() => unsaved.value.has(id) && void save(id)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          submit();
        }}
      />
      <div class="composer-foot">
        <span id="composer-help" class="quiet">
          {barred ?? <Help length={text.length} isUnsaved={unsaved.value.has(id)} />}
        </span>
        <button type="submit" class="primary" aria-disabled={!isSendable} title="Ctrl+Enter">
          {mode === 'note' ? 'Add note' : 'Send'}
        </button>
      </div>
    </form>
  );
}

function Help({ length, isUnsaved }: { length: number; isUnsaved: boolean }) {
  return (
    <>
      <span class={length > REPLY_MAX ? 'too-long' : undefined}>
        {length} / {REPLY_MAX}
      </span>
      {length > 0 && <span> · {isUnsaved ? 'Draft not kept yet' : 'Draft kept'}</span>}
    </>
  );
}

function WindowLine({ context }: Pick<ConversationDetail, 'context'>) {
  const line = replyWindow(context, now.value);
  if (!line) return null;
  return (
    <span class="window" data-state={line.state}>
      {line.words}
    </span>
  );
}

function whyNoReply({ owner }: Conversation): string | undefined {
  if (isMine.value) return undefined;
  if (owner.kind === 'queue') return 'Take the conversation to reply.';
  if (owner.kind === 'bot') return 'The bot has this conversation.';
  if (owner.kind === 'none') return 'The conversation is closed.';
  const name = owner.rep?.name ?? 'another rep';
  return `${name} has this conversation; you can leave a note.`;
}

function whyNoNote({ owner }: Conversation): string | undefined {
  return owner.kind === 'none' ? 'The conversation is closed.' : undefined;
}
