import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { RedisClient } from '../connection/connection.ts';
import { ROOM_KEY_NAMES, type RoomKeys } from '../connection/keys.ts';
import type { ReplyValue } from './reply-codec.ts';
import { ROOM_REPLIES, type RoomReply, type RoomScript } from './room-replies.ts';
import { type ScriptSourceOptions, composeScript } from './script-source.ts';

export type { RedisClient };
export type ScriptArgument = string | number;
/** Runs one script on a room's keys; `epoch` is the one that the caller knows. */
export type RunRoomScript = <Script extends RoomScript>(
  script: Script,
  keys: RoomKeys,
  epoch: ScriptArgument,
  ...args: readonly ScriptArgument[]
) => Promise<RoomReply<Script>>;

type Command = (...args: readonly ScriptArgument[]) => Promise<ReplyValue>;

/**
 * Loads the scripts of the waiting room once per connection. The server keeps them by digest. Every script declares every
 * key of the room: while a cluster moves the room's slot key by key, it then refuses each script, and none runs on a part
 * of the room.
 */
export function loadRoomScripts(redis: RedisClient, options?: ScriptSourceOptions): RunRoomScript {
  const scripts = new Map<
    RoomScript,
    (keys: RoomKeys, args: readonly ScriptArgument[]) => Promise<ReplyValue>
  >();
  for (const script of Object.keys(ROOM_REPLIES) as RoomScript[]) {
    const name = `room:${script}`;
    redis.defineCommand(name, {
      numberOfKeys: ROOM_KEY_NAMES.length,
      lua: composeScript(script, options),
    });
    const command = (redis as unknown as Record<string, Command>)[name];
    invariant(command !== undefined, `the command ${name} is defined`);
    scripts.set(script, (keys, args) =>
      command.call(redis, ...ROOM_KEY_NAMES.map((key) => keys[key]), ...args),
    );
  }
  return async (script, keys, epoch, ...args) => {
    const run = scripts.get(script);
    invariant(run !== undefined, `the script ${script} is loaded`);
    return ROOM_REPLIES[script].decode(await run(keys, [epoch, ...args])) as RoomReply<typeof script>;
  };
}
