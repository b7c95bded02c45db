import { useRef, useState } from 'preact/hooks';
import { api } from '../state/api';
import type { PhoneView } from '../state/model';
import { attempt } from '../state/start';
import { drafts, fieldId } from './drafts';
import { Menu } from './menu';

/** Where a person writes: the menu, the message field, and what sends it. */
export function Composer({ phone }: { phone: PhoneView }) {
  const { psid, name } = phone.person;
  const [menuOpen, setMenuOpen] = useState(false);
  const plus = useRef<HTMLButtonElement>(null);
  const closeMenu = (): void => {
    setMenuOpen(false);
    plus.current?.focus();
  };
  const text = drafts.value[psid] ?? '';
  const write = (next: string): void => {
    drafts.value = { ...drafts.value, [psid]: next };
  };
  const send = async (words: string): Promise<void> => {
    if (words.trim() === '') return;
    write('');
    const sent = await attempt(() => api.say(psid, words));
    if (sent === undefined) write(words);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send(text);
  };

  return (
    <form
      class="composer"
      onKeyDown={(event) => {
        if (menuOpen && event.key === 'Escape') closeMenu();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void send(text);
      }}
    >
      {menuOpen && <Menu psid={psid} titles={phone.menu} close={closeMenu} />}
      <button
        type="button"
        ref={plus}
        class="round plus"
        aria-expanded={menuOpen}
        aria-label={`Menu of ${name}`}
        onClick={() => setMenuOpen(!menuOpen)}
      >
        <span aria-hidden="true">+</span>
      </button>
      <label class="unseen" for={fieldId(psid)}>
        Message as {name}
      </label>
      <textarea
        id={fieldId(psid)}
        rows={1}
        placeholder="Message"
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {text.trim() === '' ? (
        <button
          type="button"
          class="round like"
          aria-label={`Send a thumbs up as ${name}`}
          onClick={() => void send('👍')}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M2 10h4v11H2zM22 11a2 2 0 0 0-2-2h-6l1-4.6v-.3c0-.4-.2-.8-.4-1L13.5 2 7.6 7.9c-.4.4-.6.9-.6 1.4V19a2 2 0 0 0 2 2h8.5c.8 0 1.5-.5 1.8-1.2l2.6-6.2c.1-.2.1-.5.1-.7z" />
          </svg>
        </button>
      ) : (
        <button type="submit" class="round send" aria-label={`Send as ${name}`}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 20.5v-6.8l10-1.7-10-1.7V3.5L21.5 12z" />
          </svg>
        </button>
      )}
    </form>
  );
}
