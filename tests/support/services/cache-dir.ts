import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
const UNFINISHED = '.unfinished-';
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** Where unpacked servers are kept between runs: `.cache/services`, or a folder below FRONTROW_CACHE_DIR. */
export function cacheDir(): string {
  const configured = process.env['FRONTROW_CACHE_DIR'];
  return configured ? join(configured, 'services') : join(projectRoot, '.cache', 'services');
}

/**
 * The cached folder `name`, filled by `fill` when it is missing. It appears by one rename, complete or
 * not at all, so two processes may do this at the same time; the later one throws its own work away.
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

/** What a killed process left half done. Recent work may be another process's, and is left alone. */
async function removeAbandonedWork(): Promise<void> {
  for (const name of await readdir(cacheDir())) {
    if (!name.includes(UNFINISHED)) continue;
    const path = join(cacheDir(), name);
    const modifiedAt = await stat(path).then(
      (stats) => stats.mtimeMs,
      () => Date.now(), // gone meanwhile
    );
    if (Date.now() - modifiedAt > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
