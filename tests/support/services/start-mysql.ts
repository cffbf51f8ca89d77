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
  /** Whether every commit is flushed to disk and written to the binary log, as in production; false by default. */
  readonly durable?: boolean;
  /** 512 by default. */
  readonly bufferPoolMb?: number;
  /** More arguments of mysqld, as in `['--require-secure-transport=ON']`, which are read at each start. */
  readonly args?: Iterable<string>;
  /** A data folder to start with, which is copied; by default an empty server's. Not with Docker. */
  readonly data?: string;
};

const READY_WITHIN_MS = 60_000;

/** The MySQL of TEST_MYSQL_URL, or one that is started for this process. Its URL names no database. */
export async function startMysql(options: MysqlOptions = {}): Promise<Service> {
  const configured = await findConfiguredService('TEST_MYSQL_URL', (url) => askMysql(url, 'select 1'));
  const { docker, local } = sourcesOf(options);
  return (
    configured ?? openFirstAvailable<Service>('MySQL', [notConfigured('TEST_MYSQL_URL'), docker, ...local])
  );
}

/** Starts a MySQL for the caller alone: a local process where possible, because it is easier to kill. */
export async function startPrivateMysql(options: MysqlOptions = {}): Promise<PrivateServer> {
  const { docker, local } = sourcesOf(options);
  return openFirstAvailable('private MySQL', [...local, docker]);
}

function sourcesOf(options: MysqlOptions) {
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
  const template = options.data ?? (await dataTemplate(program));
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

/** The path of an initialised data folder. Copying it takes 0.2 s, initialising one 3 s. */
async function dataTemplate(program: Program): Promise<string> {
  const folder = await cachedFolder(`mysql-data-${program.version}-${process.arch}`, async (work) => {
    // Initialised in a temporary folder, where AppArmor lets mysqld write on Ubuntu.
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
    '--innodb-redo-log-capacity=8M', // less to copy; the server resizes it when it starts
  ]);
  await rm(join(datadir, 'auto.cnf')); // each copy generates its own server id
}

function commonArgs(program: Program): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  return ['--no-defaults', ...program.locationArgs, '--secure-file-priv=', ...asRoot];
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
