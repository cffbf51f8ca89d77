import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
const UNFINISHED = '.unfinished-';
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** The folder that keeps unpacked servers between runs: `.cache/services`, or `services` in FRONTROW_CACHE_DIR. */
export function cacheDir(): string {
  const configured = process.env['FRONTROW_CACHE_DIR'];
  return configured ? join(configured, 'services') : join(projectRoot, '.cache', 'services');
}

/**
 * The path of the cached folder `name`, which `fill` fills if it is missing. A rename makes it appear, so it is always
 * complete, and of two processes that fill it at the same time the later one discards its work.
 */
export async function cachedFolder(name: string, fill: (dir: string) => Promise<void>): Promise<string> {
  const folder = join(cacheDir(), name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheDir(), { recursive: true });
  await removeAbandonedWork();
  const work = await mkdtemp(join(cacheDir(), `${name}${UNFINISHED}`));
  try {
    await fill(work);
    await rename(work, folder).catch((cause: unknown) => {
      if (!existsSync(folder)) throw cause;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/** Removes what a killed process left unfinished, but not recent work, which may be another process's. */
async function removeAbandonedWork(): Promise<void> {
  for (const name of await readdir(cacheDir())) {
    if (!name.includes(UNFINISHED)) continue;
    const path = join(cacheDir(), name);
    const modifiedAt = await stat(path).then(
      (stats) => stats.mtimeMs,
      () => Date.now(), // removed by another process
    );
    if (Date.now() - modifiedAt > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
