import { Redis } from 'ioredis';
import { eventually } from '../support/eventually.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';
import type { RedisEngine } from '../support/services/program.ts';

export type PairMember = { readonly server: PrivateServer; readonly client: Redis };

/** A primary and a replica of it, whose roles change. */
export type ReplicatedPair = {
  /** The server that takes the writes, or took them last. */
  primary(): PairMember;
  replica(): PairMember;
  /** The primary hands over to the replica, which has every write then. */
  handOver(): Promise<void>;
  /** The replica becomes a primary. The primary does not know. */
  promoteReplica(): Promise<void>;
  /** The present replica follows the present primary, and has all its data. */
  follow(): Promise<void>;
  /** The replica has every write until now. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
};

export async function startReplicatedPair(
  options: { readonly engine?: RedisEngine; readonly args?: readonly string[] } = {},
): Promise<ReplicatedPair> {
  const args = ['--repl-diskless-sync-delay', '0', ...(options.args ?? [])];
  const start = async (): Promise<PairMember> => {
    const server = await startPrivateRedis({ ...options, args });
    const client = new Redis(server.url, { maxRetriesPerRequest: 1, retryStrategy: () => 50 });
    client.on('error', () => {}); // a test kills the server
    return { server, client };
  };
  let [primary, replica] = await Promise.all([start(), start()]);

  const swap = () => void ([primary, replica] = [replica, primary]);

  async function follow(): Promise<void> {
    await replica.client.replicaof('127.0.0.1', primary.server.port);
    await linkIsUp(replica);
  }
  async function catchUp(): Promise<void> {
    if ((await primary.client.wait(1, 30_000)) !== 1) throw new Error('the replica lags');
  }

  await follow();
  return {
    primary: () => primary,
    replica: () => replica,
    follow,
    catchUp,
    async handOver() {
      await primary.client.call('FAILOVER', 'TO', '127.0.0.1', String(replica.server.port));
      await linkIsUp(primary);
      swap();
    },
    async promoteReplica() {
      await replica.client.replicaof('NO', 'ONE');
      swap();
    },
    async stop() {
      for (const { client } of [primary, replica]) client.disconnect();
      await Promise.all([primary, replica].map(({ server }) => server.stop()));
    },
  };
}

function linkIsUp({ client }: PairMember): Promise<void> {
  return eventually(async () => {
    const info = await client.info('replication');
    if (!info.includes('role:slave') || !info.includes('master_link_status:up'))
      throw new Error('the replica has no link');
  });
}
