import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificateFiles } from '../certificates.ts';
import { startRedisContainer } from './docker.ts';
import { findConfiguredService, notConfigured } from './configured-service.ts';
import { startLocalServer } from './local-server.ts';
import { askRedis } from './probe.ts';
import {
  REDIS_ENGINES,
  redisServerOnPath,
  redisServerUnpacked,
  type Program,
  type RedisEngine,
} from './program.ts';
import { openFirstAvailable, type PrivateServer, type Service } from './service.ts';

export type RedisOptions = {
  /** The program; by default that of TEST_REDIS_ENGINE, or Redis. */
  readonly engine?: RedisEngine | undefined;
  /** Additional arguments of the server, such as `['--appendonly', 'yes']`. */
  readonly args?: readonly string[];
  /** An existing folder for the data, which is kept; a temporary one by default. Ignored with Docker. */
  readonly dir?: string;
  readonly port?: number;
  readonly access?: RedisAccess | undefined;
};

/**
 * What a server asks of its clients, also of the other servers: TLS alone, and the password of the user OPERATOR, who may
 * do everything. A local process only.
 */
export type RedisAccess = {
  /** In PEM. */
  readonly ca: string;
  readonly certificate: CertificateFiles;
  readonly password: string;
};

export const OPERATOR = 'operator';

const READY_WITHIN_MS = 30_000;

/** The Redis of TEST_REDIS_URL, which ignores `options`, or one that is started for this process. */
export async function startRedis(options: RedisOptions = {}): Promise<Service> {
  const configured = await findConfiguredService('TEST_REDIS_URL', askRedis);
  const { docker, local } = sourcesOf(options);
  return (
    configured ?? openFirstAvailable<Service>('Redis', [notConfigured('TEST_REDIS_URL'), docker, ...local])
  );
}

/** Starts a Redis for the caller alone: a local process where possible, because it is easier to kill. */
export async function startPrivateRedis(options: RedisOptions = {}): Promise<PrivateServer> {
  const { docker, local } = sourcesOf(options);
  return openFirstAvailable('private Redis', [...local, docker]);
}

/** Starts a Sentinel with the lines of its configuration, which it rewrites. A local process only. */
export async function startSentinel(
  lines: readonly string[],
  engine: RedisEngine = chosenEngine(),
  access?: RedisAccess,
): Promise<PrivateServer> {
  return openFirstAvailable(
    'Sentinel',
    localPrograms(engine, (program) =>
      startLocalServer({
        ...serverOf(program, engine, access),
        prepare: (dir) => writeFile(join(dir, 'sentinel.conf'), lines.join('\n')),
        command: (dir, port) => [
          ...program.command,
          ...program.locationArgs,
          join(dir, 'sentinel.conf'),
          '--sentinel',
          ...listenArgs(dir, port, access),
        ],
      }),
    ),
  );
}

function sourcesOf(options: RedisOptions) {
  const engine = options.engine ?? chosenEngine();
  return {
    docker: {
      name: 'Docker',
      open: () => startRedisContainer(engine, serverSettings(options), options.port),
    },
    local: localPrograms(engine, (program) => startServer(program, engine, options)),
  };
}

function chosenEngine(): RedisEngine {
  const name = process.env['TEST_REDIS_ENGINE'] || 'redis';
  const engine = REDIS_ENGINES.find((known) => known === name);
  if (engine === undefined) throw new Error(`TEST_REDIS_ENGINE must be one of ${REDIS_ENGINES.join(', ')}`);
  return engine;
}

function localPrograms(engine: RedisEngine, start: (program: Program) => Promise<PrivateServer>) {
  return [
    { name: `${engine}-server on the PATH`, open: async () => start(await redisServerOnPath(engine)) },
    {
      name: 'packages of Debian or Ubuntu',
      open: async () => start(await redisServerUnpacked(engine)),
    },
  ];
}

async function startServer(program: Program, engine: RedisEngine, options: RedisOptions) {
  return startLocalServer({
    ...serverOf(program, engine, options.access),
    dir: options.dir,
    port: options.port,
    command: (dir, port) => [
      ...program.command,
      ...program.locationArgs,
      ...listenArgs(dir, port, options.access),
      ...serverSettings(options),
    ],
  });
}

function serverOf(program: Program, engine: RedisEngine, access?: RedisAccess) {
  const url = (port: number) => localUrl(port, access);
  return {
    name: `${engine}-server`,
    how: program.how,
    readyWithinMs: READY_WITHIN_MS,
    url,
    isReady: async (port: number, _dir: string, pid: number) =>
      (await askRedis(url(port), access?.ca)).get('process_id') === String(pid),
  };
}

function listenArgs(dir: string, port: number, access?: RedisAccess): string[] {
  const args = ['--bind', '127.0.0.1', '--dir', dir];
  return access === undefined ? ['--port', String(port), ...args] : [...args, ...accessArgs(port, access)];
}

function accessArgs(port: number, { certificate: { ca, cert, key }, password }: RedisAccess): string[] {
  return [
    ['--port', '0', '--tls-port', String(port)],
    ['--tls-ca-cert-file', ca, '--tls-cert-file', cert, '--tls-key-file', key],
    ['--tls-auth-clients', 'no', '--tls-replication', 'yes'],
    ['--user', OPERATOR, 'on', `>${password}`, '~*', '&*', '+@all'],
  ].flat();
}

/** No eviction, which BullMQ and the waiting room require; nothing on disk unless `args` say so. */
function serverSettings({ args = [], access }: RedisOptions): string[] {
  const settings = ['--maxmemory-policy', 'noeviction', '--save', '', '--appendonly', 'no'];
  if (access !== undefined)
    settings.push('--user', 'default', 'off', '--masteruser', OPERATOR, '--masterauth', access.password);
  return [...settings, ...args];
}

function localUrl(port: number, access?: RedisAccess): string {
  return access === undefined
    ? `redis://127.0.0.1:${port}`
    : `rediss://${OPERATOR}:${access.password}@localhost:${port}`;
}
