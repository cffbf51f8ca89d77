import { Cluster, ReplyError } from 'ioredis';
import type { Keys } from './keys.ts';
import { type RedisClient, type RedisOpenOptions, closeRedis, openRedis, redisFault } from './connection.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';

/** What frontrow's scripts and BullMQ's call. */
export const SCRIPT_COMMANDS =
  `DEL EXISTS GET HDEL HEXISTS HGET HGETALL HINCRBY HLEN HMGET HMSET HSET INCR INCRBY INFO LINDEX LLEN LPOP LPOS LPUSH
  LRANGE LREM LSET LTRIM PERSIST PEXPIRE PEXPIREAT PTTL PUBLISH RENAME RPOP RPOPLPUSH RPUSH SADD SCARD SET SISMEMBER
  SMEMBERS SREM TIME TYPE UNLINK XADD XDEL XLEN XRANGE XTRIM ZADD ZCARD ZCOUNT ZLEXCOUNT ZPOPMIN ZRANGE ZRANGEBYLEX
  ZRANGEBYSCORE ZRANK ZREM ZREMRANGEBYRANK ZREMRANGEBYSCORE ZREVRANGE ZREVRANGEBYSCORE ZSCORE`.split(/\s+/);
/** What the processes send themselves. */
const OTHER_COMMANDS = ['EVAL', 'EVALSHA', 'MULTI', 'EXEC', 'BZPOPMIN', 'SUBSCRIBE', 'ZSCAN'];
const CLUSTER_COMMANDS = ['CLUSTER SLOTS', 'CLUSTER INFO', 'CLUSTER NODES', 'ASKING'];

const NAMED_MAX = 5;

type Command = {
  readonly name: string;
  /** With every argument that it may need: to check SET without any ends Redis 8 and Valkey 9. */
  readonly words: readonly string[];
};

/** Redis before version 7 cannot tell. */
const LIST_REFUSED = `
local refused = {}
if not redis.acl_check_cmd then return refused end
for _, command in ipairs(cjson.decode(ARGV[1])) do
  if not redis.acl_check_cmd(unpack(command.words)) then table.insert(refused, command.name) end
end
return refused`;

/** Opens a connection as `openRedis` does. Throws an error of one line also where the user may not do what is needed. */
export async function openPermittedRedis(options: RedisOpenOptions, keys: Keys): Promise<RedisClient> {
  const redis = await openRedis(options);
  try {
    const refused = await listRefused(redis, keys);
    if (refused.length === 0) return redis;
    throw new Error(`the user of REDIS_URL may not run ${summary(refused)} with keys of REDIS_KEY_PREFIX`);
  } catch (error) {
    await closeRedis(redis);
    throw error;
  }
}

function summary(names: readonly string[]): string {
  const others = names.length - NAMED_MAX;
  const named = names.slice(0, NAMED_MAX).join(', ');
  return others > 0 ? `${named} and ${others} others` : named;
}

/** What a server refuses to the user of the connection. Where keys or channels are refused, the commands that need them. */
async function listRefused(redis: RedisClient, keys: Keys): Promise<readonly string[]> {
  const commands: Command[] = [
    ...[...SCRIPT_COMMANDS, ...OTHER_COMMANDS].map((name) => commandOn(keys.rooms, name)),
    { ...commandOn(keys.jobs, 'SET'), name: `SET ${keys.jobs}` },
  ];
  if (redis instanceof Cluster)
    commands.push(...CLUSTER_COMMANDS.map((name) => ({ name, words: name.split(' ') })));
  const servers = redis instanceof Cluster ? redis.nodes('master') : [redis];
  const answers = await Promise.all(servers.map((server) => askServer(server, commands)));
  return [...new Set(answers.flat())];
}

function commandOn(key: string, name: string): Command {
  return { name, words: [name, key, key, key] };
}

async function askServer(server: RedisClient, commands: readonly Command[]): Promise<readonly string[]> {
  try {
    return (await server.eval(LIST_REFUSED, 0, JSON.stringify(commands))) as string[];
  } catch (error) {
    if (error instanceof ReplyError && (error as Error).message.startsWith('NOPERM')) return ['EVAL'];
    // The others say enough.
    if (redisFault(error) instanceof Unavailable) return [];
    throw error;
  }
}
