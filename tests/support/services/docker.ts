import type { StartedTestContainer } from 'testcontainers';
import { freePort } from './free-port.ts';
import { askMysql, askRedis } from './probe.ts';
import type { RedisEngine } from './program.ts';
import type { PrivateServer } from './service.ts';
import { waitUntil } from './wait-until.ts';

type Image = {
  readonly name: string;
  readonly port: number;
  readonly environment: Record<string, string>;
  readonly command: string[];
  url(host: string, port: number): string;
  ask(url: string): Promise<unknown>;
};

const READY_WITHIN_MS = 120_000;
/** The name of this machine inside a container. */
const THIS_MACHINE = 'host.docker.internal';

export function startMysqlContainer(settings: readonly string[]): Promise<PrivateServer> {
  return startContainer({
    name: 'mysql:9.7',
    port: 3306,
    environment: { MYSQL_ALLOW_EMPTY_PASSWORD: 'yes', MYSQL_ROOT_HOST: '%' },
    command: [...settings],
    url: (host, port) => `mysql://root@${host}:${port}`,
    ask: (url) => askMysql(url, 'select 1'),
  });
}

const REDIS_IMAGES: Record<RedisEngine, string> = {
  redis: 'redis:7-alpine',
  valkey: 'valkey/valkey:9-alpine',
};

export function startRedisContainer(
  engine: RedisEngine,
  settings: readonly string[],
  port?: number,
): Promise<PrivateServer> {
  const image: Image = {
    name: REDIS_IMAGES[engine],
    port: 6379,
    environment: {},
    command: [`${engine}-server`, ...settings],
    url: (host, hostPort) => `redis://${host}:${hostPort}`,
    ask: askRedis,
  };
  return startContainer(image, port);
}

/** The reaper of testcontainers removes the container when this process dies. */
async function startContainer(image: Image, wantedPort?: number): Promise<PrivateServer> {
  // Imported here because it takes 0.4 s. A `docker` command on the PATH does not prove that Docker runs.
  const { GenericContainer, getContainerRuntimeClient } = await import('testcontainers');
  const client = await getContainerRuntimeClient();
  const port = wantedPort ?? (await freePort()); // fixed, because Docker chooses another one at each restart
  const container: StartedTestContainer = await new GenericContainer(image.name)
    .withEnvironment(image.environment)
    .withCommand(image.command)
    .withExposedPorts({ container: image.port, host: port })
    .withExtraHosts([{ host: THIS_MACHINE, ipAddress: 'host-gateway' }])
    .withStartupTimeout(READY_WITHIN_MS)
    .start();
  const url = image.url(container.getHost(), port);
  // The port opens before the server listens, and MySQL's image first runs a server for its set-up.
  const answers = () => waitUntil(() => image.ask(url), READY_WITHIN_MS);
  await answers();
  return {
    url,
    how: `the container ${image.name}`,
    port,
    hostForPeers: THIS_MACHINE,
    pid: undefined,
    kill: (signal = 'SIGKILL') => client.container.getById(container.getId()).kill({ signal }),
    async restart() {
      await container.restart({ timeout: 10 });
      await answers();
    },
    async stop() {
      await container.stop({ timeout: 0, remove: true });
    },
  };
}
