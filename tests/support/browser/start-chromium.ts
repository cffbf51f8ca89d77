import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

export type ChromiumServer = {
  /** For `chromium.connect` of Playwright, from any process. */
  readonly wsEndpoint: string;
  readonly how: string;
  stop(): Promise<void>;
};

/** The same shapes of letters on every machine, whatever its screen and its settings. */
const SAME_TEXT = ['--font-render-hinting=none', '--disable-lcd-text', '--disable-font-subpixel-positioning'];

/** Starts a browser without a window, which ends with this process. Fonts are those of `fonts.conf` where it is on Linux. */
export async function startChromium(): Promise<ChromiumServer> {
  const { file, env, how } = await findChromium();
  const server = await chromium.launchServer({
    ...(file === undefined ? {} : { executablePath: file }),
    host: '127.0.0.1',
    args: SAME_TEXT,
    env: {
      ...process.env,
      ...env,
      FONTCONFIG_FILE: fileURLToPath(new URL('fonts.conf', import.meta.url)),
      LANGUAGE: 'en',
    },
  });
  return { wsEndpoint: server.wsEndpoint(), how, stop: () => server.close() };
}
