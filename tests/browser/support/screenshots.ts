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

/** How long a page may take until it looks as expected, in ms. */
const LOOKS_SO_WITHIN_MS = 15_000;

/**
 * Compares the whole page, or the window with an open dialog, with `tests/browser/screenshots/<name>.png` until both are the
 * same: a page may still load a part of it. With vitest's `-u`, writes that file if the page comes to rest with another look.
 * Throws with the places of the last picture and of the difference.
 */
export async function expectScreenshot(
  page: Page,
  name: string,
  mask: readonly Locator[] = [],
): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const file = join(EXPECTED, `${name}.png`);
  const expected = existsSync(file) ? PNG.sync.read(readFileSync(file)) : null;
  const deadline = Date.now() + LOOKS_SO_WITHIN_MS;
  let [before, actual]: [PNG | null, PNG] = [null, await takePicture(page, mask)];
  while (!compare(expected, actual).isSame) {
    const isOver = inject('acceptsScreenshots') ? compare(before, actual).isSame : Date.now() > deadline;
    if (isOver) return acceptOrThrow(name, file, actual, compare(expected, actual));
    [before, actual] = [actual, await takePicture(page, mask)];
  }
}

function acceptOrThrow(name: string, file: string, actual: PNG, { picture, reason }: Difference): void {
  if (inject('acceptsScreenshots')) {
    write(file, actual);
    return;
  }
  const [actualFile, diffFile] = [join(FAILED, `${name}.actual.png`), join(FAILED, `${name}.diff.png`)];
  write(actualFile, actual);
  if (picture !== undefined) write(diffFile, picture);
  const where = `See ${relative(root, actualFile)}${picture === undefined ? '' : ` and ${relative(root, diffFile)}`}`;
  throw new Error(`the screenshot ${name} ${reason}. ${where}. Accept it with "pnpm screenshots".`);
}

async function takePicture(page: Page, mask: readonly Locator[]): Promise<PNG> {
  const fullPage = (await page.locator('dialog[open]').count()) === 0; // a dialog covers the window only
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' })); // a click scrolls to what is there at its moment
  return PNG.sync.read(
    await page.screenshot({ fullPage, animations: 'disabled', caret: 'hide', mask: [...mask] }),
  );
}

type Difference = { readonly isSame: boolean; readonly reason: string; readonly picture?: PNG };

function compare(expected: PNG | null, actual: PNG): Difference {
  if (expected === null) return { isSame: false, reason: 'does not exist yet' };
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
