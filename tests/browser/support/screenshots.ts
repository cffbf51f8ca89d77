import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import type { Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { inject } from 'vitest';
import { encodeSmallPng } from './small-png.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const EXPECTED = join(root, 'tests/browser/screenshots');
/** Where the pictures of a failed comparison are written. */
const FAILED = join(root, '.cache/screenshots');

/** How far two colours may differ, from 0 to 1: the edges of letters differ between versions of Chromium. */
const COLOUR_THRESHOLD = 0.2;
/** The part of all pixels that may differ more than that. */
const DIFFERENT_MAX = 0.002;

/**
 * Compares the whole page, or the window with an open dialog, with `tests/browser/screenshots/<name>.png`; with vitest's `-u`, writes that file if they differ.
 * Throws with the places of the actual picture and of the difference.
 */
export async function expectScreenshot(
  page: Page,
  name: string,
  mask: readonly Locator[] = [],
): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const fullPage = (await page.locator('dialog[open]').count()) === 0; // a dialog covers the window only
  const picture = await page.screenshot({ fullPage, animations: 'disabled', caret: 'hide', mask: [...mask] });
  const actual = PNG.sync.read(picture);
  const file = join(EXPECTED, `${name}.png`);
  const difference = existsSync(file) ? compare(PNG.sync.read(readFileSync(file)), actual) : null;
  if (difference?.isSame === true) return;
  if (inject('acceptsScreenshots')) {
    write(file, actual);
    return;
  }
  const [actualFile, diffFile] = [join(FAILED, `${name}.actual.png`), join(FAILED, `${name}.diff.png`)];
  write(actualFile, actual);
  if (difference?.picture !== undefined) write(diffFile, difference.picture);
  const where = `See ${relative(root, actualFile)}${difference?.picture === undefined ? '' : ` and ${relative(root, diffFile)}`}`;
  throw new Error(
    `the screenshot ${name} ${difference?.reason ?? 'does not exist yet'}. ${where}. Accept it with "pnpm screenshots".`,
  );
}

type Difference = { readonly isSame: boolean; readonly reason: string; readonly picture?: PNG };

function compare(expected: PNG, actual: PNG): Difference {
  const { width, height } = expected;
  if (actual.width !== width || actual.height !== height)
    return {
      isSame: false,
      reason: `has ${actual.width} × ${actual.height} pixels in place of ${width} × ${height}`,
    };
  const picture = new PNG({ width, height });
  const different = pixelmatch(expected.data, actual.data, picture.data, width, height, {
    threshold: COLOUR_THRESHOLD,
  });
  const isSame = different <= DIFFERENT_MAX * width * height;
  return { isSame, reason: `differs in ${different} pixels`, picture };
}

function write(file: string, picture: PNG): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, encodeSmallPng(picture));
}
