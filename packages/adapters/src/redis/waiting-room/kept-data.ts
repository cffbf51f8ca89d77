import { Cluster, ReplyError } from 'ioredis';
import type { RedisClient } from './room-scripts.ts';

/**
 * Whether the server has every write that it acknowledged before it started. Only a server that syncs its append-only
 * file before each answer proves that; a promoted replica does not, whatever its file has. False where the server does
 * not say, and for a cluster. `run` is the run id of the server that the caller means.
 */
export async function hasKeptData(redis: RedisClient, run: string): Promise<boolean> {
  if (redis instanceof Cluster) return false;
  try {
    const replies = await redis.multi().info().config('GET', '*appendfsync*').exec();
    const [info, settings] = (replies ?? []).map(([error, reply]) => {
      if (error !== null) throw error;
      return reply;
    });
    const facts = new Set(String(info).split('\r\n'));
    const configured = settings as readonly string[];
    const valueOf = (name: string) => configured[configured.indexOf(name) + 1];
    const isSynced = valueOf('appendfsync') === 'always' && valueOf('no-appendfsync-on-rewrite') === 'no';
    const expected = [`run_id:${run}`, 'aof_enabled:1', 'role:master', 'second_repl_offset:-1'];
    return isSynced && expected.every((fact) => facts.has(fact));
  } catch (error) {
    // Managed servers often refuse CONFIG.
    if (error instanceof ReplyError) return false;
    throw error;
  }
}
