import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { startPrivateRedis } from './services/start-redis.ts';

export type RedisCluster = {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  stop(): Promise<void>;
};

const SLOTS = 16_384;

/** Starts three nodes without replicas, each with a third of the slots. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '5000'];
  const servers = await Promise.all([0, 1, 2].map(() => startPrivateRedis({ args })));
  const clients = servers.map(({ url }) => new Redis(url));
  try {
    const first = servers[0]!;
    for (const [index, client] of clients.entries()) {
      const from = Math.floor((SLOTS * index) / servers.length);
      const to = Math.floor((SLOTS * (index + 1)) / servers.length) - 1;
      await client.cluster('ADDSLOTSRANGE', from, to);
      if (index > 0) await client.cluster('MEET', '127.0.0.1', first.port);
    }
    await vi.waitFor(
      async () => {
        for (const client of clients) {
          const info = await client.cluster('INFO');
          if (!info.includes('cluster_state:ok') || !info.includes('cluster_known_nodes:3'))
            throw new Error(`the cluster has not formed: ${info}`);
        }
      },
      { timeout: 30_000, interval: 50 },
    );
  } finally {
    for (const client of clients) client.disconnect();
  }
  return {
    nodes: servers.map(({ port }) => ({ host: '127.0.0.1', port })),
    stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  };
}
