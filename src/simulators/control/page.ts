/** Text that is already HTML. Only {@link html} makes it. */
export class Html {
  constructor(private readonly source: string) {}
  toString(): string {
    return this.source;
  }
}

/** What may stand in a template: text is escaped, HTML and lists of it are taken as they are, nothing is left out. */
export type HtmlValue = string | number | Html | readonly HtmlValue[] | undefined | false;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function toHtml(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(toHtml).join('');
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Template tag for HTML: every inserted text is escaped, also within quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(strings.map((text, index) => text + toHtml(values[index])).join(''));
}

/** The sentence on every simulated page, so that nobody takes it for the real one. */
const SIMULATION_NOTICE = 'Simulation: enter nothing real';

const STYLE = new Html(`
  :root { color-scheme: light dark; --ink: #16191d; --paper: #f5f7fa; --card: #fff; --line: #c9d1db; --muted: #4c5866;
    --accent: #0a5ad1; --accent-ink: #fff; --bad: #b3261e; }
  @media (prefers-color-scheme: dark) { :root { --ink: #eceff3; --paper: #14171b; --card: #1e2329; --line: #3d4651;
    --muted: #aab4c0; --accent: #7db1ff; --accent-ink: #0b1524; --bad: #ffb4ab; } }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
  .notice { margin: 0; padding: .5rem 1rem; text-align: center; background: #ffd24d; color: #221a00; font-weight: 600; }
  main { max-width: 28rem; margin: 1.5rem auto; padding: 0 1rem; }
  main.wide { max-width: 72rem; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 0 0 1rem; }
  h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .75rem; } h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
  label { display: block; font-weight: 600; margin: .75rem 0 .25rem; }
  input { width: 100%; font: inherit; padding: .6rem .75rem; border: 1px solid var(--muted); border-radius: .5rem;
    background: var(--card); color: var(--ink); }
  button { width: 100%; font: inherit; font-weight: 600; padding: .7rem 1rem; margin: 1rem 0 0; border: 0;
    border-radius: 999px; background: var(--accent); color: var(--accent-ink); cursor: pointer; }
  a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  .muted { color: var(--muted); } .error { color: var(--bad); font-weight: 600; margin: .5rem 0 0; }
  .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
  td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  code { font-size: .9em; overflow-wrap: anywhere; }
`);

/** Nothing is loaded from anywhere, and where a form may send its reader is decided by the page that shows it. */
export const PAGE_CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A whole simulated page: works without script and on a narrow screen, follows the reader's light or dark setting,
 * and says that it is a simulation. `script` is the address of a script of the same server that makes it livelier.
 */
export function page(options: { title: string; body: Html; wide?: boolean; script?: string }): string {
  const { title, body, wide = false, script } = options;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
        ${script !== undefined && html`<script src="${script}" defer></script>`}
      </head>
      <body>
        <header class="notice">${SIMULATION_NOTICE}</header>
        <main class="${wide ? 'wide' : 'narrow'}">${body}</main>
      </body>
    </html>`.toString();
}
