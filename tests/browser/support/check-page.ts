import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { VIEWPORTS } from './use-pages.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core says of an element, as far as a person needs it to mend the page. */
type Violation = { readonly rule: string; readonly element: string; readonly reason: string };

type Axe = {
  run(options: object): Promise<{
    violations: readonly {
      id: string;
      nodes: readonly { html: string; failureSummary?: string }[];
    }[];
  }>;
};

/** Fails when axe-core finds anything in the page. Of its rules, contrast alone depends on light and dark. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findViolations(page), 'axe-core, light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findViolations(page, ['color-contrast']), 'axe-core, dark').toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Runs the named rules of axe-core; by default all of them. */
async function findViolations(page: Page, rules?: readonly string[]): Promise<readonly Violation[]> {
  // Through the debugger, which no Content-Security-Policy restricts.
  await page.evaluate(`typeof axe === 'undefined' && (() => { ${axeSource} })()`);
  return page.evaluate(
    async (runOnly) => {
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({
        resultTypes: ['violations'],
        ...(runOnly && { runOnly }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary = '' }) => ({ rule: id, element: html, reason: failureSummary })),
      );
    },
    rules && [...rules],
  );
}

const FITS_WITHIN_MS = 5_000;

/** Fails when the page scrolls sideways in the narrowest window that is supported. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(VIEWPORTS.narrow);
  await page
    .waitForFunction(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
      null,
      {
        timeout: FITS_WITHIN_MS, // a page may lay itself out after the window has changed
      },
    )
    .catch(() => undefined);
  expect(await findTooWide(page), `wider than ${VIEWPORTS.narrow.width} px`).toEqual([]);
  if (before !== null) await page.setViewportSize(before);
}

/** The elements that make the page scroll sideways; those inside an area that scrolls by itself do not. */
function findTooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isClipped = (element: Element): boolean => {
      const parent = element.parentElement;
      if (parent === null) return false;
      return getComputedStyle(parent).overflowX !== 'visible' || isClipped(parent);
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1 && !isClipped(element))
      .map((element) => element.outerHTML.slice(0, 200));
  });
}
