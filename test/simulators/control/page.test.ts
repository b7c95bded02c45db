import { html, page } from '../../../src/simulators/control/page';

describe('a simulated page', () => {
  test('escapes every text, also in attributes and lists, and leaves out what is absent', () => {
    const nasty = `"><script>'&`;
    const shown = html`<a title="${nasty}">${[nasty, html`<b>${1}</b>`]}${undefined}${false}</a>`.toString();
    const escaped = '&quot;&gt;&lt;script&gt;&#39;&amp;';
    expect(shown).toBe(`<a title="${escaped}">${escaped}<b>1</b></a>`);
  });

  test('says that it is a simulation and fits light and dark', () => {
    const shown = page({ title: 'A & B', body: html`<p>hello</p>`, script: '/live.js' });
    expect(shown).toContain('Simulation: enter nothing real');
    expect(shown).toContain('<title>A &amp; B</title>');
    expect(shown).toContain('prefers-color-scheme: dark');
    expect(shown).toContain(`<script src="/live.js" defer></script>`);
    expect(shown).toMatch(/^<!doctype html>/);
  });
});
