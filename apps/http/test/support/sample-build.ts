import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { PageSettings } from '../../src/web/page-settings.ts';
import { openWeb } from '../../src/web/web-build.ts';

export const SETTINGS: PageSettings = {
  mode: 'dev',
  sessionUrl: null,
  signInUrl: null,
  walletCharges: 'open',
  memory: true,
  version: '0.0.0',
  currency: 'KRW',
};

export const SCRIPT = `export const seats = [${'1, '.repeat(1_000)}];\n`;

export function htmlOf(title: string): string {
  return `<!doctype html><html><head><title>${title}</title>
<script type="application/json" id="page-settings"></script>
</head><body></body></html>`;
}

/** Writes a small build of both pages to a temporary folder. */
export function writeSampleBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frontrow-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files: Readonly<Record<string, string | Buffer>> = {
    'index.html': htmlOf('Fans'),
    'console.html': htmlOf('Console'),
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'robots.txt': 'User-agent: *\n',
    '.sources': 'a digest',
    'assets/fan-Ab12.js': SCRIPT,
    'assets/fan-Ab12.js.br': brotliCompressSync(SCRIPT),
    'assets/fan-Ab12.js.gz': gzipSync(SCRIPT),
    'assets/fan-Cd34.css': 'p { color: red }',
    'assets/.hidden.js': 'hidden',
    'assets/folder/file.js': 'nested',
  };
  mkdirSync(join(folder, 'assets/folder'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export function openSampleWeb(settings: Partial<PageSettings> = {}) {
  const folder = writeSampleBuild();
  return { folder, web: openWeb(folder, { ...SETTINGS, ...settings }) };
}
