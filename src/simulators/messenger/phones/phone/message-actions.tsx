import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { api } from '../state/api';
import type { MessageView } from '../state/model';
import { attempt } from '../state/start';
import { inspected } from '../state/store';

/** Reactions a phone offers. */
const REACTIONS: readonly (readonly [string, string])[] = [
  ['❤', 'Love'],
  ['👍', 'Like'],
  ['😆', 'Laugh'],
  ['😮', 'Wow'],
  ['😢', 'Sad'],
];

/** What can be done with a message: react to it or take it back, and look at what lies behind it. */
export function MessageActions({ psid, message }: { psid: string; message: MessageView }) {
  const [open, setOpen] = useState<'above' | 'below'>();
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (open === undefined) return undefined;
    box.current?.querySelector('button')?.focus();
    const elsewhere = ({ target }: MouseEvent): void => {
      if (!box.current?.contains(target as Node) && !opener.current?.contains(target as Node)) setOpen(undefined);
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);
  const leave = (): void => {
    setOpen(undefined);
    opener.current?.focus();
  };
  const { mid, from, reaction, unsent } = message;
  const react = (emoji: string): void => {
    leave();
    void attempt(() => api.react(psid, mid, reaction === emoji ? undefined : emoji));
  };

  return (
    <div
      class="actions"
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
      }}
    >
      <button
        type="button"
        ref={opener}
        class="more"
        aria-expanded={open !== undefined}
        aria-label={`More about the message of ${new Date(message.at).toLocaleTimeString()}`}
        onClick={() => setOpen(open === undefined ? roomierSide(opener.current) : undefined)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open !== undefined && (
        <div class={`actions-box ${open}`} ref={box} role="group" aria-label="Message">
          {from === 'page' && (
            <div class="emoji">
              {REACTIONS.map(([emoji, name]) => (
                <button
                  key={emoji}
                  type="button"
                  aria-label={name}
                  aria-pressed={reaction === emoji}
                  onClick={() => react(emoji)}
                >
                  {emoji}
                </button>
              ))}
            </div>
          )}
          {from === 'person' && !unsent && (
            <button
              type="button"
              onClick={() => {
                leave();
                void attempt(() => api.unsend(psid, mid));
              }}
            >
              Unsend
            </button>
          )}
          <button
            type="button"
            onClick={() => {
              leave();
              inspected.value = { psid, message };
            }}
          >
            Behind this message
          </button>
        </div>
      )}
    </div>
  );
}

/** The thread cuts off what reaches over its top, so the box opens downwards unless there is more room above. */
function roomierSide(opener: HTMLElement | null): 'above' | 'below' {
  const thread = opener?.closest('.thread')?.getBoundingClientRect();
  const at = opener?.getBoundingClientRect();
  if (thread === undefined || at === undefined) return 'below';
  return at.top - thread.top > thread.bottom - at.bottom ? 'above' : 'below';
}
