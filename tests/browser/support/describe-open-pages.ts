import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = join(root, '.cache/screenshots');

/** Prints what the pages of a failed test showed last, as roles and names, and saves a picture of each. */
export async function describeOpenPages(contexts: Iterable<BrowserContext>, testName: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const pages = [...contexts].flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const file = join(FOLDER, `failed ${testName.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} ${index + 1}.png`);
    const shown = await page.ariaSnapshot({ timeout: 5_000 }).catch(String);
    await page.screenshot({ path: file, timeout: 5_000 }).catch(() => undefined);
    console.error(`page ${index + 1} at ${page.url()} (${relative(root, file)}):\n${shown}`);
  }
}
