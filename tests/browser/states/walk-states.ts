import { test } from 'vitest';
import { startMemorySite } from '../../support/browser/memory-site.ts';
import { expectAccessible, expectNoSidewaysScroll } from '../support/check-page.ts';
import { expectScreenshot } from '../support/screenshots.ts';
import { VIEWPORTS, usePages } from '../support/use-pages.ts';
import { NOW, type State, createStage } from './stage.ts';

/**
 * Makes a test of each state: it looks as pictured, axe-core finds nothing in light and in dark, and nothing is wider than
 * the narrowest window. `usePages` adds that the page logs no error and keeps its Content-Security-Policy.
 */
export function walkStates(states: readonly State[]): void {
  const pages = usePages();
  test.each(states)('$name', async ({ name, viewports = ['phone'], mask, reach }) => {
    const site = await startMemorySite({ standingAt: NOW });
    try {
      const page = await reach(createStage(site, pages));
      for (const viewport of viewports) {
        await page.setViewportSize(VIEWPORTS[viewport]);
        const picture = viewport === 'phone' ? name : `${name}-${viewport}`;
        await expectScreenshot(page, picture, mask?.(page));
      }
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await page.context().close(); // a server that closes waits for the connections of pages
    } finally {
      await site.close();
    }
  });
}
