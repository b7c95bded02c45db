import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startDesk } from '../api/desk/desk-world';
import type { DeskWorld } from '../api/desk/desk-world';

/** The desk with its page, as it is in the sources now, and a browser to look at it. */
export interface PageWorld extends DeskWorld {
  browser: Browser;
  /** Opens the desk in a browser profile of its own and signs in. */
  signIn(name: string, options?: SignInOptions): Promise<Page>;
  /** Opens the desk without signing in. */
  visit(options?: BrowserContextOptions): Promise<Page>;
}

interface SignInOptions extends BrowserContextOptions {
  role?: string;
}

/** The page tests run where there is a browser; elsewhere they are skipped, which the start of the tests says loudly. */
export const describePage = process.env['TEST_CHROMIUM_PATH'] ? describe : describe.skip;

/** An answer takes a fraction of a second; on a machine that does much else, several. In milliseconds. */
const PATIENCE_MS = 20_000;

const run = promisify(execFile);

export async function startPage(): Promise<PageWorld> {
  const deskDirectory = await mkdtemp(join(tmpdir(), 'desk-page-'));
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', 'src/desk/vite.config.ts'];
  await run(process.execPath, [...vite, '--outDir', deskDirectory, '--emptyOutDir', '--logLevel', 'error']);
  const desk = await startDesk({ deskDirectory });
  const executablePath = process.env['TEST_CHROMIUM_PATH'];
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const visit = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 760 }, locale: 'en-US', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${desk.origin}/desk`);
    return page;
  };
  return {
    ...desk,
    browser,
    visit,
    async signIn(name, { role = 'Rep', ...options } = {}) {
      const page = await visit(options);
      await page.getByLabel('Name').fill(name);
      await page.getByLabel('Role').selectOption({ label: role });
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await desk.close();
      await rm(deskDirectory, { recursive: true, force: true });
    },
  };
}
