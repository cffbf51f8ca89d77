import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PNPM = 'pnpm@12.21.0';

/** A commit of this repository with its dependencies, in a temporary folder. */
export type OlderBuild = { readonly folder: string; remove(): Promise<void> };

/** Throws where git does not have the commit, as in a shallow clone. Installs its dependencies, which takes seconds. */
export async function checkOutBuild(commit: string): Promise<OlderBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-bench-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const archive = join(folder, 'commit.tar');
    await run('git', ['archive', '--output', archive, commit]);
    await run('tar', ['-xf', archive, '-C', folder]);
    await run('npx', ['--yes', PNPM, 'install', '--frozen-lockfile', '--prefer-offline'], { cwd: folder });
    return { folder, remove };
  } catch (cause) {
    await remove();
    throw new Error(`the build of commit ${commit} cannot be prepared`, { cause });
  }
}
