import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DIGEST, DIST, REPOSITORY } from './folders.ts';

/** Everything that a build depends on, by paths of the repository. */
const SOURCES = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/build',
  'apps/web/index.html',
  'apps/web/console.html',
  'apps/web/package.json',
  'apps/web/vite.config.ts',
  'packages/client/src',
  'packages/client/package.json',
  'pnpm-lock.yaml',
];

export function listSources(): readonly string[] {
  return SOURCES.flatMap((path) => listFiles(join(REPOSITORY, path)))
    .map((file) => relative(REPOSITORY, file))
    .toSorted();
}

function listFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A digest of the sources: their times say nothing after a checkout. */
export function digestSources(): string {
  const digest = createHash('sha256');
  for (const path of listSources())
    digest.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(REPOSITORY, path)))
        .digest(),
    );
  return digest.digest('hex');
}

/** Whether the build in `dist` is one of the sources as they are. */
export function isBuilt(): boolean {
  try {
    return readFileSync(join(DIST, DIGEST), 'utf8') === digestSources();
  } catch {
    return false; // there is none
  }
}
