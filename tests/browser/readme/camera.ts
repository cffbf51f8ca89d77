import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { startChromium } from '../../support/browser/start-chromium.ts';
import { encodeSmallPng } from '../support/small-png.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const IMAGES = join(root, 'docs/images');

/** In CSS pixels. */
const SIZES = { phone: { width: 390, height: 780 }, desktop: { width: 1200, height: 780 } };
/** Pixels of a picture for each CSS pixel, so that letters stay sharp where it is shown smaller. */
const SHARPNESS = { phone: 2, desktop: 1.5 };
const ANSWER_WITHIN_MS = 30_000;

type Look = {
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
  readonly path: string;
};

/** Takes pictures of pages that people see, each in a browser of its own. */
export type Camera = {
  openFan(look: Look & { readonly user: string }): Promise<Page>;
  openConsole(look: Look): Promise<Page>;
  /** Writes what the window shows to `docs/images/<name>.png`. */
  take(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
};

export async function openCamera(baseURL: string): Promise<Camera> {
  const started = await startChromium();
  const browser = await chromium.connect(started.wsEndpoint);
  mkdirSync(IMAGES, { recursive: true });

  async function open({ size, theme, path }: Look, kind: 'fan' | 'console', user: object): Promise<Page> {
    const context = await browser.newContext({
      baseURL,
      locale: 'en-US',
      timezoneId: 'Asia/Seoul',
      colorScheme: theme,
      viewport: SIZES[size],
      deviceScaleFactor: SHARPNESS[size],
      hasTouch: size === 'phone',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(ANSWER_WITHIN_MS);
    // Signed in, as by the dialog of a development server.
    await context.addInitScript(([key, value]) => localStorage.setItem(key, value), [
      `frontrow.dev-user.${kind}`,
      JSON.stringify(user),
    ] as const);
    // A browser without a window denies notifications, where others have not been asked yet.
    await context.addInitScript(() => {
      Object.defineProperty(Notification, 'permission', { get: () => 'default' });
    });
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  return {
    openFan: ({ user, ...look }) => open(look, 'fan', { userId: user, scope: '' }),
    openConsole: (look) => open(look, 'console', { userId: 'operator', scope: 'admin' }),
    async take(page, name) {
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const picture = PNG.sync.read(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
      const file = join(IMAGES, `${name}.png`);
      const bytes = encodeSmallPng(picture);
      writeFileSync(file, bytes);
      console.log(`wrote ${relative(root, file)}, ${Math.round(bytes.length / 1024)} KiB`);
    },
    async close() {
      await browser.close();
      await started.stop();
    },
  };
}
