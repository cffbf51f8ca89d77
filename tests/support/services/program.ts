import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand } from './run-command.ts';
import {
  unpackedHaproxy,
  unpackedMysqlClient,
  unpackedNginx,
  unpackedPackages,
  unpackedValkey,
} from './unpacked-packages.ts';

/** A server program that runs on this machine. */
export type Program = {
  /** What precedes the server's own arguments. */
  readonly command: readonly string[];
  /** Arguments that the program's location requires. */
  readonly locationArgs: readonly string[];
  readonly version: string;
  readonly how: string;
};

/** The servers that run as Redis, by the name of their program without `-server`. */
export const REDIS_ENGINES = ['redis', 'valkey'] as const;
export type RedisEngine = (typeof REDIS_ENGINES)[number];

/** Any version of nginx runs the tests. */
export type NginxProgram = Pick<Program, 'command' | 'how'>;
export type HaproxyProgram = Pick<Program, 'command' | 'how'>;

/** Debian installs servers in folders that only root has on the PATH. */
const MORE_FOLDERS = ['/usr/local/sbin', '/usr/sbin'];

export async function mysqldOnPath(): Promise<Program> {
  return onPath('mysqld', mysqlVersion);
}

export async function redisServerOnPath(engine: RedisEngine): Promise<Program> {
  return onPath(`${engine}-server`, redisVersion);
}

export async function mysqldUnpacked(): Promise<Program> {
  const { origin, root, run } = await unpackedPackages();
  const command = run('usr/sbin/mysqld');
  const version = mysqlVersion(await runCommand([...command, '--version']));
  const locationArgs = [
    `--basedir=${root}/usr`,
    `--lc-messages-dir=${root}/usr/share/mysql`,
    `--plugin-dir=${root}/usr/lib/mysql/plugin`,
  ];
  return { command, locationArgs, version, how: `mysqld ${version} from ${origin}` };
}

export async function redisServerUnpacked(engine: RedisEngine): Promise<Program> {
  const { origin, run } = await (engine === 'valkey' ? unpackedValkey() : unpackedPackages());
  const command = run(`usr/bin/${engine}-server`);
  const version = redisVersion(await runCommand([...command, '--version']));
  return { command, locationArgs: [], version, how: `${engine}-server ${version} from ${origin}` };
}

export async function nginxOnPath(): Promise<NginxProgram> {
  return { command: [await findOnPath('nginx')], how: 'nginx on the PATH' };
}

export async function nginxUnpacked(): Promise<NginxProgram> {
  const { origin, run } = await unpackedNginx();
  return { command: run('usr/sbin/nginx'), how: `nginx from ${origin}` };
}

export async function haproxyOnPath(): Promise<HaproxyProgram> {
  return { command: [await findOnPath('haproxy')], how: 'HAProxy on the PATH' };
}

export async function haproxyUnpacked(): Promise<HaproxyProgram> {
  const { origin, run } = await unpackedHaproxy();
  return { command: run('usr/sbin/haproxy'), how: `HAProxy from ${origin}` };
}

/** The commands of `mysqlbinlog` and `mysql`, of the same source as mysqld. */
export async function mysqlClients(): Promise<{ mysqlbinlog: readonly string[]; mysql: readonly string[] }> {
  try {
    await mysqldOnPath();
    return { mysqlbinlog: [await findOnPath('mysqlbinlog')], mysql: [await findOnPath('mysql')] };
  } catch {
    const [server, client] = await Promise.all([unpackedPackages(), unpackedMysqlClient()]);
    return { mysqlbinlog: server.run('usr/bin/mysqlbinlog'), mysql: client.run('usr/bin/mysql') };
  }
}

async function onPath(name: string, readVersion: (printed: string) => string): Promise<Program> {
  const file = await findOnPath(name);
  const version = readVersion(await runCommand([file, '--version']));
  return { command: [file], locationArgs: [], version, how: `${name} ${version} on the PATH` };
}

export async function findOnPath(
  name: string,
  moreFolders: readonly string[] = MORE_FOLDERS,
): Promise<string> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...moreFolders];
  for (const folder of folders.filter((entry) => entry !== '')) {
    const file = join(folder, name);
    const isProgram = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isProgram) return file;
  }
  throw new Error('not found');
}

/** Reads the output of `mysqld --version`. Throws for MySQL before 8 and for MariaDB, whose NOWAIT error differs. */
export function mysqlVersion(printed: string): string {
  if (/mariadb/i.test(printed)) throw new Error('this mysqld is MariaDB');
  const version = /\bVer (\d+\.\d+\.\d+)/.exec(printed)?.[1];
  if (version === undefined) throw new Error(`this mysqld prints no version: ${printed.trim()}`);
  if (Number.parseInt(version, 10) < 8) throw new Error(`this mysqld is ${version}, older than 8`);
  return version;
}

/** Reads the output of `redis-server --version` or `valkey-server --version`. Throws before 6.2, which lacks commands that frontrow and BullMQ use. */
export function redisVersion(printed: string): string {
  const version = /\bv=(\d+\.\d+\.\d+)/.exec(printed)?.[1];
  if (version === undefined) throw new Error(`this redis-server prints no version: ${printed.trim()}`);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major * 100 + minor < 602) throw new Error(`this redis-server is ${version}, older than 6.2`);
  return version;
}
