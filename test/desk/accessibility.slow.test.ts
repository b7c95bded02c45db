import type { BrowserContextOptions } from 'playwright-core';
import { describePage, startPage } from './page-world';
import type { PageWorld } from './page-world';
import { wayThrough } from './way-through';

const WAY_MS = 180_000;

const LOOKS: [string, BrowserContextOptions][] = [
  ['in the dark', { colorScheme: 'dark' }],
  ['at 320 px', { colorScheme: 'light', viewport: { width: 320, height: 640 } }],
  ['at 320 px in the dark', { colorScheme: 'dark', viewport: { width: 320, height: 640 } }],
];

describePage('accessibility in every look', () => {
  let desk: PageWorld;

  beforeAll(async () => {
    desk = await startPage();
  });
  afterAll(() => desk.close());

  test.each(LOOKS)(
    'no rule of WCAG 2.2 AA is broken in any state of the desk %s',
    (_look, options) => wayThrough(desk, options),
    WAY_MS,
  );
});
