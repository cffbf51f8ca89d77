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

/** Fails when axe-core finds anything in the page, in light or in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findViolations(page), `axe-core, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function findViolations(page: Page): Promise<readonly Violation[]> {
  // Through the debugger, which no Content-Security-Policy restricts.
  await page.evaluate(`typeof axe === 'undefined' && (() => { ${axeSource} })()`);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => ({ rule: id, element: html, reason: failureSummary })),
    );
  });
}

/** Fails when the page scrolls sideways in the narrowest window that is supported. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(VIEWPORTS.narrow);
  const tooWide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 200));
  });
  expect(tooWide, `wider than ${VIEWPORTS.narrow.width} px`).toEqual([]);
  if (before !== null) await page.setViewportSize(before);
}
