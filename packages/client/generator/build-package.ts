import { execFile } from 'node:child_process';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

const LINK_INTO_THE_REPOSITORY = /\[([^\]]+)\]\(\.\.\/[^)]*\)/g;

/** Builds the package as it is used outside of this repository, in `folder`: JavaScript, types, README and a manifest. */
export async function buildPackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const tsc = join(PACKAGE, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '--project', PACKAGE, '--outDir', folder]).catch(
    ({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    },
  );
  const { name, version, license } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  const manifest = {
    name,
    version,
    license,
    description: 'A typed client of frontrow, with what a booking needs besides requests',
    type: 'module',
    sideEffects: false,
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    engines: { node: '>=20.3' },
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8');
  await writeFile(join(folder, 'README.md'), readme.replaceAll(LINK_INTO_THE_REPOSITORY, '$1'));
  await copyFile(join(PACKAGE, '../../LICENSE'), join(folder, 'LICENSE'));
}
