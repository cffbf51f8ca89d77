import { type RedisClient, withUnavailable } from './connection.ts';

/** Runs a Lua script on keys of one hash slot. Throws `Unavailable('redis')` while Redis is away. */
export type Script<Reply> = (keys: readonly string[], args: readonly (string | number)[]) => Promise<Reply>;

/** Sends the script's digest, and its text only to a server without it. `name` is unique per connection. */
export function createScript<Reply>(
  redis: RedisClient,
  { name, keys: numberOfKeys, lua }: { name: string; keys: number; lua: string },
): Script<Reply> {
  redis.defineCommand(name, { numberOfKeys, lua });
  const command = (redis as unknown as Record<string, (...args: unknown[]) => Promise<Reply>>)[name];
  if (command === undefined) throw new Error(`Redis command ${name} was not defined`);
  return (keys, args) => withUnavailable(() => command.call(redis, ...keys, ...args));
}
