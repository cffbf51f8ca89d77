import { startRedisContainer } from './docker.ts';
import { findConfiguredService, notConfigured } from './configured-service.ts';
import { startLocalServer } from './local-server.ts';
import { askRedis } from './probe.ts';
import { redisServerOnPath, redisServerUnpacked, type Program } from './program.ts';
import { openFirstAvailable, type PrivateServer, type Service } from './service.ts';

export type RedisOptions = {
  /** Additional arguments of redis-server, such as `['--appendonly', 'yes']`. */
  readonly args?: readonly string[];
  /** An existing folder for the data, which is kept; a temporary one by default. Ignored with Docker. */
  readonly dir?: string;
  readonly port?: number;
};

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

function sourcesOf(options: RedisOptions) {
  return {
    docker: { name: 'Docker', open: () => startRedisContainer(serverSettings(options), options.port) },
    local: [
      { name: 'redis-server on the PATH', open: async () => startServer(await redisServerOnPath(), options) },
      {
        name: 'packages of Debian or Ubuntu',
        open: async () => startServer(await redisServerUnpacked(), options),
      },
    ],
  };
}

async function startServer(program: Program, options: RedisOptions): Promise<PrivateServer> {
  return startLocalServer({
    name: 'redis-server',
    how: program.how,
    dir: options.dir,
    port: options.port,
    readyWithinMs: READY_WITHIN_MS,
    command: (dir, port) => [
      ...program.command,
      ...program.locationArgs,
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      ...serverSettings(options),
    ],
    url: localUrl,
    isReady: async (port, _dir, pid) => (await askRedis(localUrl(port))).get('process_id') === String(pid),
  });
}

/** No eviction, which BullMQ and the waiting room require; nothing on disk unless `args` say so. */
function serverSettings({ args = [] }: RedisOptions): string[] {
  return ['--maxmemory-policy', 'noeviction', '--save', '', '--appendonly', 'no', ...args];
}

function localUrl(port: number): string {
  return `redis://127.0.0.1:${port}`;
}
