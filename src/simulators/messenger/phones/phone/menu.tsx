import { useLayoutEffect, useRef } from 'preact/hooks';
import { api } from '../state/api';
import { attempt } from '../state/start';

/** The persistent menu of the page, opened by +. */
export function Menu({ psid, titles, close }: { psid: string; titles: readonly string[]; close: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.querySelector('button')?.focus(), []);
  const choose = async (title: string): Promise<void> => {
    close();
    const answer = await attempt(() => api.tap(psid, { menu: title }));
    if (answer?.url !== undefined) window.open(answer.url, '_blank', 'noopener');
  };
  return (
    <div class="menu" ref={list} role="group" aria-label="Menu">
      {titles.length === 0 && <p>The application has not set up its menu yet.</p>}
      {titles.map((title) => (
        <button key={title} type="button" onClick={() => void choose(title)}>
          {title}
        </button>
      ))}
    </div>
  );
}
