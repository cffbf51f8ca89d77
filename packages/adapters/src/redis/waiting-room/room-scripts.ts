import { readFileSync } from 'node:fs';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Cluster, Redis } from 'ioredis';

export type RedisClient = Redis | Cluster;
export type RoomScript = (typeof NAMES)[number];
type Argument = string | number;
/** Runs one script on a room's key; `epoch` is the caller's. */
export type RunRoomScript = (
  script: RoomScript,
  roomKey: string,
  epoch: Argument,
  ...args: readonly Argument[]
) => Promise<unknown>;

const NAMES = [
  'join',
  'check-in',
  'place-of',
  'end',
  'admit',
  'expire',
  'configure',
  'inspect',
  'open',
  'statistics',
  'restore',
  'set-inventory',
  'snapshot',
] as const;

/** Loads the waiting room's scripts once per connection; the server keeps them by digest. */
export function loadRoomScripts(redis: RedisClient): RunRoomScript {
  const prelude = read('prelude');
  for (const name of NAMES)
    redis.defineCommand(commandOf(name), { numberOfKeys: 1, lua: `${prelude}\n${read(name)}` });
  const commands = redis as unknown as Record<string, (...args: readonly Argument[]) => Promise<unknown>>;
  return (script, roomKey, epoch, ...args) => {
    const command = commands[commandOf(script)];
    invariant(command !== undefined, `the script ${script} is loaded`);
    return command.call(redis, roomKey, epoch, ...args);
  };
}

function commandOf(script: RoomScript): string {
  return `room:${script}`;
}

function read(name: string): string {
  return readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');
}
