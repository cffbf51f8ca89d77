import { createRequire } from 'node:module';
import { notConfigured } from '../services/configured-service.ts';
import { findOnPath } from '../services/program.ts';
import { runCommand } from '../services/run-command.ts';
import { openFirstAvailable } from '../services/service.ts';
import { unpackedChromium } from '../services/unpacked-packages.ts';

/** A Chromium that runs on this machine. */
export type ChromiumProgram = {
  /** Undefined for the one that Playwright has downloaded and finds by itself. */
  readonly file: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** Where it came from, for people. */
  readonly how: string;
};

const COMMANDS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
/** The oldest version in which the pages are tested. */
const MAJOR_MIN = 120;
const DOWNLOAD_WITHIN_MS = 600_000;

/** Chromium of TEST_CHROMIUM, which must work if it is set, or the first that one of the other ways gives. */
export async function findChromium(): Promise<ChromiumProgram> {
  const configured = process.env['TEST_CHROMIUM'];
  if (configured) return openConfigured(configured);
  return openFirstAvailable('Chromium', [
    notConfigured('TEST_CHROMIUM'),
    { name: 'chromium or google-chrome on the PATH', open: openOnPath },
    { name: 'packages of Debian', open: openUnpacked },
    { name: 'a download by Playwright', open: openDownloaded },
  ]);
}

async function openConfigured(file: string): Promise<ChromiumProgram> {
  const version = await versionOf(file).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`TEST_CHROMIUM is set, but does not work: ${reason}`, { cause });
  });
  return { file, env: {}, how: `Chromium ${version} of TEST_CHROMIUM` };
}

async function openOnPath(): Promise<ChromiumProgram> {
  const reasons: string[] = [];
  for (const command of COMMANDS) {
    try {
      const file = await findOnPath(command);
      return { file, env: {}, how: `${command} ${await versionOf(file)} on the PATH` };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (reason !== 'not found') reasons.push(`${command}: ${reason}`);
    }
  }
  throw new Error(reasons.length === 0 ? 'not found' : reasons.join('; '));
}

async function openUnpacked(): Promise<ChromiumProgram> {
  const { origin, file, libraryPath } = await unpackedChromium();
  const env = { LD_LIBRARY_PATH: libraryPath };
  return { file, env, how: `Chromium ${await versionOf(file, env)} from ${origin}` };
}

/** Playwright downloads what its cache lacks. */
async function openDownloaded(): Promise<ChromiumProgram> {
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json');
  const cli = manifest.replace(/package\.json$/, 'cli.js');
  await runCommand([process.execPath, cli, 'install', '--only-shell', 'chromium'], {
    timeoutMs: DOWNLOAD_WITHIN_MS,
  });
  return { file: undefined, env: {}, how: 'Chromium of Playwright' };
}

async function versionOf(file: string, env: ChromiumProgram['env'] = {}): Promise<string> {
  return chromiumVersion(await runCommand([file, '--version'], { env }));
}

/** Reads the output of `chromium --version`. Throws for a version that is too old. */
export function chromiumVersion(printed: string): string {
  const version = /(?:Chromium|Chrome)[^\d]*(\d+\.\d+\.\d+\.\d+)/.exec(printed)?.[1];
  if (version === undefined) throw new Error(`it prints no version: ${printed.trim()}`);
  if (Number.parseInt(version, 10) < MAJOR_MIN) throw new Error(`it is ${version}, older than ${MAJOR_MIN}`);
  return version;
}
