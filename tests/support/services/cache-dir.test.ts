import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cacheDir, cachedFolder } from './cache-dir.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'frontrow-cache-'));
  vi.stubEnv('FRONTROW_CACHE_DIR', root);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

test('a folder is filled once', async () => {
  const fill = vi.fn<(dir: string) => Promise<void>>(async (dir) => writeFile(join(dir, 'who'), 'first'));
  const folder = await cachedFolder('thing', fill);
  await expect(cachedFolder('thing', fill)).resolves.toBe(folder);
  expect(fill).toHaveBeenCalledTimes(1);
});

const fillAs = (who: string) => async (dir: string) => {
  await writeFile(join(dir, 'a'), who);
  await writeFile(join(dir, 'b'), who);
};

test('concurrent calls leave one complete folder and nothing else', async () => {
  const [folder] = await Promise.all(
    ['one', 'two', 'three'].map((who) => cachedFolder('thing', fillAs(who))),
  );
  const [a, b] = await Promise.all(['a', 'b'].map((name) => readFile(join(folder ?? '', name), 'utf8')));
  expect(a).toBe(b);
  await expect(readdir(cacheDir())).resolves.toEqual(['thing']);
});

test('a failed fill leaves no folder', async () => {
  await expect(cachedFolder('thing', () => Promise.reject(new Error('no network')))).rejects.toThrow(
    'no network',
  );
  await expect(readdir(cacheDir())).resolves.toEqual([]);
});

test('unfinished work of a killed process is removed, but not recent work', async () => {
  const [abandoned, current] = ['other.unfinished-aaa', 'other.unfinished-bbb'];
  for (const name of [abandoned, current]) await mkdir(join(cacheDir(), name), { recursive: true });
  await utimes(join(cacheDir(), abandoned), 0, 0);
  await cachedFolder('thing', async () => undefined);
  await expect(readdir(cacheDir())).resolves.toEqual([current, 'thing']);
});
