import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Site } from '../../support/browser/site.ts';
import { describeOpenPages } from './describe-open-pages.ts';
import { watchProblems } from './problems.ts';

/** Sizes of windows in CSS pixels. */
export const VIEWPORTS = {
  /** The narrowest that the pages support. */
  narrow: { width: 320, height: 640 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
  /** The desktop at a zoom of 200 %. */
  zoomed: { width: 640, height: 400 },
} as const;

export type PageOptions = {
  /** The path to open; `/` by default. */
  readonly path?: string;
  /** Who is signed in; nobody by default and for null. */
  readonly user?: string | null;
  readonly locale?: 'en' | 'ko';
  readonly theme?: 'light' | 'dark';
  readonly viewport?: keyof typeof VIEWPORTS;
  /** The instant, in ms since 1970, at which the clock of the page stands; by default it runs. */
  readonly standingAt?: number;
  /** Sees the page before it loads, for example to intercept requests. */
  readonly prepare?: (page: Page) => Promise<unknown>;
};

type ConsoleOptions = PageOptions & {
  /** The scopes of the user, with spaces between them; `admin` by default. */
  readonly scope?: string;
};

export type Pages = {
  /** Opens the page of fans in a browser of its own, as another person would. */
  openFan(site: Site, options?: PageOptions): Promise<Page>;
  /** Opens the console, where `operator` is signed in by default. */
  openConsole(site: Site, options?: ConsoleOptions): Promise<Page>;
  /** Opens another tab in the browser of `page`. */
  openTab(page: Page, path: string): Promise<Page>;
};

/** As long as for everything else that is awaited: a hall of 50,000 seats takes long on a busy machine. */
const ANSWER_WITHIN_MS = 60_000;

/**
 * Opens pages for the tests of a file and closes them after each test. A test fails when one of its pages has logged an
 * error, violated its Content-Security-Policy or sent a request to another server.
 */
export function usePages(): Pages {
  let browser: Browser | undefined;
  const contexts = new Set<BrowserContext>();
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await chromium.connect(inject('chromiumEndpoint'));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await describeOpenPages(contexts, task.name);
    await Promise.all([...contexts].map((context) => context.close()));
    contexts.clear();
    expect(problems.splice(0), 'problems that the pages reported').toEqual([]);
  });
  afterAll(() => browser?.close());

  async function open(site: Site, kind: 'fan' | 'console', options: ConsoleOptions): Promise<Page> {
    if (browser === undefined) throw new Error('pages are available only while a test runs');
    const { path = kind === 'fan' ? '/' : '/console', prepare } = options;
    const context = await browser.newContext({
      baseURL: site.url,
      locale: options.locale === 'ko' ? 'ko-KR' : 'en-US',
      timezoneId: 'Asia/Seoul',
      colorScheme: options.theme ?? 'light',
      viewport: VIEWPORTS[options.viewport ?? (kind === 'fan' ? 'phone' : 'desktop')],
      hasTouch: kind === 'fan' && options.viewport !== 'desktop',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    contexts.add(context);
    context.setDefaultTimeout(ANSWER_WITHIN_MS);
    await watchProblems(context, site.url, problems);
    if (options.user) await signIn(context, kind, options.user, options.scope ?? '');
    if (options.standingAt !== undefined) await stopClock(context, options.standingAt);
    const page = await context.newPage();
    await prepare?.(page);
    await page.goto(path);
    return page;
  }

  return {
    openFan: (site, options = {}) => open(site, 'fan', options),
    openConsole: (site, options = {}) =>
      open(site, 'console', { user: 'operator', scope: 'admin', ...options }),
    async openTab(page, path) {
      const tab = await page.context().newPage();
      await tab.goto(path);
      return tab;
    },
  };
}

/** Signs in before the first page, as the sign-in of a development server does; a page may sign out and in again. */
async function signIn(
  context: BrowserContext,
  kind: 'fan' | 'console',
  userId: string,
  scope: string,
): Promise<void> {
  const [name, user] = [`frontrow.dev-user.${kind}`, JSON.stringify({ userId, scope })] as const;
  await context.addInitScript(
    ([key, value]) => {
      if (location.protocol !== 'http:') return; // the empty page of a new tab has no storage
      if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    },
    [name, user] as const,
  );
}

declare global {
  /** Of a page whose clock stands: how far its monotonic clock has been moved, in ms. */
  var movedMs: number | undefined;
}

/** Stops both clocks of the pages. Their timers go on. */
async function stopClock(context: BrowserContext, at: number): Promise<void> {
  await context.clock.setFixedTime(at);
  await context.addInitScript(() => {
    performance.now = () => 1_000 + (globalThis.movedMs ?? 0);
  });
}

/** Moves both clocks of a page, which stand, and leaves its timers alone. */
export async function moveClock(page: Page, toInstant: number, byMs: number): Promise<void> {
  await page.clock.setFixedTime(toInstant);
  await page.evaluate((ms) => {
    globalThis.movedMs = (globalThis.movedMs ?? 0) + ms;
  }, byMs);
}
