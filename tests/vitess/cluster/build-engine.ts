import { createHash } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedFolder } from '../../support/services/cache-dir.ts';
import { findOnPath } from '../../support/services/program.ts';
import { runCommand } from '../../support/services/run-command.ts';

/** The packages of the programs; go.mod in the folder engine/ says which versions. */
const PACKAGES = {
  etcd: 'go.etcd.io/etcd/server/v3',
  vtctld: 'vitess.io/vitess/go/cmd/vtctld',
  vtctldclient: 'vitess.io/vitess/go/cmd/vtctldclient',
  vtgate: 'vitess.io/vitess/go/cmd/vtgate',
  vtorc: 'vitess.io/vitess/go/cmd/vtorc',
  vttablet: 'vitess.io/vitess/go/cmd/vttablet',
};
const GO_FOLDER = '/usr/local/go/bin';
const BUILD_TIMEOUT_MS = 60 * 60_000;

export type ProgramName = keyof typeof PACKAGES;
/** The path of each program. */
export type Engine = Readonly<Record<ProgramName, string>>;

const moduleFolder = fileURLToPath(new URL('../engine', import.meta.url));

/** Vitess and its topology server, built from Go's module proxy once and kept in the cache. */
export async function buildEngine(): Promise<Engine> {
  const sums = await readFile(join(moduleFolder, 'go.sum'));
  const digest = createHash('sha256')
    .update(sums)
    .update(Object.keys(PACKAGES).join())
    .digest('hex')
    .slice(0, 12);
  const folder = await cachedFolder(`vitess-${digest}-${process.arch}`, build);
  const paths = Object.keys(PACKAGES).map((name) => [name, join(folder, name)]);
  return Object.fromEntries(paths) as Engine;
}

async function build(work: string): Promise<void> {
  const go = await findGo();
  process.stderr.write('services: building Vitess with Go (once, 10 minutes on two cores) …\n');
  for (const [name, path] of Object.entries(PACKAGES)) {
    const output = ['-trimpath', '-ldflags=-s -w', '-o', join(work, name)];
    await runCommand([go, 'build', '-C', moduleFolder, ...output, path], { timeoutMs: BUILD_TIMEOUT_MS });
  }
  await chmod(work, 0o755); // root starts the programs as another user
}

async function findGo(): Promise<string> {
  return findOnPath('go', [GO_FOLDER]).catch(() => {
    throw new Error(
      `pnpm test:vitess builds Vitess and needs Go (1.26 or later): no go on the PATH or in ${GO_FOLDER}`,
    );
  });
}
