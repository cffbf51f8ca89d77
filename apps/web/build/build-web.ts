// `pnpm web:build`: builds the fan page and the console into apps/web/dist, which apps/http serves.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { compressFiles } from './compress.ts';
import { DIGEST, DIST, REPOSITORY, WEB } from './folders.ts';
import { digestSources } from './sources.ts';

/** Of two builds at the same time, each may find the other's in its way. */
const ATTEMPTS_MAX = 10;

/** Built one by one: a script that both pages load has what either uses, as every operation of the console in the fan page. */
const PAGES = ['index.html', 'console.html'];

const cache = join(REPOSITORY, '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'web-build-'));
try {
  const digest = digestSources();
  const next = join(folder, 'next');
  for (const input of PAGES)
    await build({ root: WEB, build: { outDir: next, emptyOutDir: false, rollupOptions: { input } } });
  compressFiles(next);
  writeFileSync(join(next, DIGEST), digest);
  replaceBuild(next);
} catch (error) {
  console.error(error instanceof Error ? error.message : error); // its stack is that of Vite
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Puts the build in place as a whole: a server may be serving the last one. */
function replaceBuild(next: string): void {
  for (let attempt = 1; ; attempt += 1)
    try {
      return renameSync(next, DIST);
    } catch (error) {
      if (attempt === ATTEMPTS_MAX) throw error;
      moveAway(join(folder, `last-${attempt}`));
    }
}

function moveAway(last: string): void {
  try {
    renameSync(DIST, last);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
