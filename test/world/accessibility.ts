import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Rules of WCAG 2.2 AA that a program can check. */
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Every rule of WCAG 2.2 AA that the page breaks, and of further tags, with where. Only what is broken is gathered, and in
 * the page itself, which has no frames: that takes half of the time.
 */
export async function brokenRules(page: Page, ...furtherTags: string[]): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags([...WCAG_22_AA, ...furtherTags])
    .setLegacyMode(true)
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
