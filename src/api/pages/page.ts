import type { Html } from './html';
import { html } from './html';

/** Where the one style of all pages is served. */
export const STYLE_PATH = '/pages/style.css';

/** One page for somebody in a browser: a heading, words and forms, without any script. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.text;
}

/** A last word: what happened and what to do now. */
export function endPage(title: string, words: string): string {
  return page(title, html`<p>${words}</p>`);
}

/** Readable on a phone, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --accent: #0b57c2; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --accent: #8ab4f8; --on-accent: #10203a; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1rem; }
dl { margin: 1rem 0; }
dt { font-size: .875rem; opacity: .8; }
dd { margin: 0 0 .75rem; font-size: 1.125rem; overflow-wrap: anywhere; }
button { font: inherit; font-weight: 600; width: 100%; min-height: 3rem; margin: .25rem 0; border-radius: .75rem;
  border: 2px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.second { background: transparent; color: inherit; }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
.hint { font-size: .9375rem; opacity: .85; }
`;
