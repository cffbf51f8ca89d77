import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cache-dir.ts';
import { startMysqlContainer } from './docker.ts';
import { findConfiguredService, notConfigured } from './configured-service.ts';
import { startLocalServer } from './local-server.ts';
import { askMysql } from './probe.ts';
import { mysqldOnPath, mysqldUnpacked, type Program } from './program.ts';
import { runCommand } from './run-command.ts';
import { openFirstAvailable, type PrivateServer, type Service } from './service.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary-folder.ts';

export type MysqlOptions = {
  /** Flush every commit to disk and write the binary log, as in production. Default false: fast. */
  readonly durable?: boolean;
  /** Default 512. */
  readonly bufferPoolMb?: number;
  /** More arguments of mysqld, as in `['--require-secure-transport=ON']`. */
  readonly args?: readonly string[];
};

const READY_WITHIN_MS = 60_000;

/** The MySQL of TEST_MYSQL_URL, or one started for this process. The URL names no database. */
export async function startMysql(options: MysqlOptions = {}): Promise<Service> {
  const given = await findConfiguredService('TEST_MYSQL_URL', (url) => askMysql(url, 'select 1'));
  const { docker, local } = ways(options);
  return given ?? openFirstAvailable<Service>('MySQL', [notConfigured('TEST_MYSQL_URL'), docker, ...local]);
}

/** A MySQL of the caller's own, never that of TEST_MYSQL_URL; a local process where possible, easier to kill. */
export async function startPrivateMysql(options: MysqlOptions = {}): Promise<PrivateServer> {
  const { docker, local } = ways(options);
  return openFirstAvailable('private MySQL', [...local, docker]);
}

function ways(options: MysqlOptions) {
  return {
    docker: { name: 'Docker', open: () => startMysqlContainer(serverSettings(options)) },
    local: [
      { name: 'mysqld 8 or later on the PATH', open: async () => startMysqld(await mysqldOnPath(), options) },
      {
        name: 'packages of Debian or Ubuntu',
        open: async () => startMysqld(await mysqldUnpacked(), options),
      },
    ],
  };
}

async function startMysqld(program: Program, options: MysqlOptions): Promise<PrivateServer> {
  const template = await dataTemplate(program);
  return startLocalServer({
    name: 'mysqld',
    how: program.how,
    readyWithinMs: READY_WITHIN_MS,
    prepare: (dir) => cp(template, join(dir, 'data'), { recursive: true }),
    command: (dir, port) => [
      ...program.command,
      ...commonArgs(program),
      `--datadir=${dir}/data`,
      `--socket=${dir}/mysqld.sock`,
      `--pid-file=${dir}/mysqld.pid`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--mysqlx=OFF',
      ...serverSettings(options),
    ],
    url: localUrl,
    isReady: async (port, dir) => {
      const { datadir } = await askMysql(localUrl(port), 'select @@datadir as datadir');
      return typeof datadir === 'string' && datadir.startsWith(`${dir}/`);
    },
  });
}

/** An initialised data folder to copy: 0.2 s instead of the 3 s that mysqld takes to make one. */
async function dataTemplate(program: Program): Promise<string> {
  const folder = await cachedFolder(`mysql-data-${program.version}-${process.arch}`, async (work) => {
    // Made in a temporary folder: where AppArmor guards mysqld (Ubuntu), that is where it may write.
    const temporary = await makeTemporaryFolder('mysql-data');
    try {
      await initialise(program, join(temporary, 'data'));
      await cp(join(temporary, 'data'), join(work, 'data'), { recursive: true });
    } finally {
      await removeTemporaryFolder(temporary);
    }
  });
  return join(folder, 'data');
}

async function initialise(program: Program, datadir: string): Promise<void> {
  await runCommand([
    ...program.command,
    ...commonArgs(program),
    '--initialize-insecure', // root without a password, reachable from this machine only
    `--datadir=${datadir}`,
    '--innodb-redo-log-capacity=8M', // less to copy; the server grows it at its start
  ]);
  await rm(join(datadir, 'auto.cnf')); // each copy draws a server id of its own
}

function commonArgs(program: Program): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  return ['--no-defaults', ...program.placeArgs, '--secure-file-priv=', ...asRoot];
}

function serverSettings({ durable = false, bufferPoolMb = 512, args = [] }: MysqlOptions): string[] {
  const durability = durable
    ? ['--log-bin=binlog', '--server-id=1', '--sync-binlog=1', '--innodb-flush-log-at-trx-commit=1']
    : ['--skip-log-bin', '--innodb-flush-log-at-trx-commit=2'];
  return [...durability, '--max-connections=500', `--innodb-buffer-pool-size=${bufferPoolMb}M`, ...args];
}

function localUrl(port: number): string {
  return `mysql://root@127.0.0.1:${port}`;
}
