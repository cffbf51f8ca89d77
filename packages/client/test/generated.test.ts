import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateClient } from '../generator/generate-client.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const COMMITTED = join(PACKAGE, 'src/generated');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(PACKAGE, 'node_modules/.generated-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The text of every file of a folder by its path. */
async function readFolder(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    paths.map(async (path) => [path.slice(root.length), await readFile(path, 'utf8')] as const),
  );
  return Object.fromEntries(texts);
}

test('src/generated equals what pnpm openapi writes', async () => {
  await generateClient(join(folder, 'generated'));
  const generated = await readFolder(join(folder, 'generated'));
  expect(Object.keys(generated)).toContain('/sdk.gen.ts');
  expect(await readFolder(COMMITTED)).toEqual(generated);
});
