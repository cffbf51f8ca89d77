import type { TestProject } from 'vitest/node';
import { ensureWebBuild } from '../../../apps/web/build/ensure-web-build.ts';
import { startChromium } from '../../support/browser/start-chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Playwright connects to the browser of this run. */
    chromiumEndpoint: string;
    /** Whether a screenshot that differs replaces the committed one, as with vitest's `-u`. */
    acceptsScreenshots: boolean;
  }
}

/** Builds the pages and starts one browser for all test files of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  ensureWebBuild();
  const browser = await startChromium();
  console.log(`Chromium: ${browser.how}`);
  project.provide('chromiumEndpoint', browser.wsEndpoint);
  project.provide('acceptsScreenshots', project.config.snapshotOptions.updateSnapshot === 'all');
  return () => browser.stop();
}
