import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { redisFault } from '../connection/connection.ts';
import type { Keys } from '../connection/keys.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { RoomReply, RoomScript } from './room-replies.ts';
import type { RunRoomScript, ScriptArgument } from './room-scripts.ts';
import { STALE_EPOCH } from './script-source.ts';

/** Runs a script in an open room, under its present epoch. Null for an unknown concert. */
export type RunInRoom = <Script extends RoomScript>(
  script: Script,
  concertId: ConcertId,
  args: readonly ScriptArgument[],
) => Promise<RoomReply<Script> | null>;

/** How often a command is tried again under a newer epoch. */
const EPOCH_TRIES_MAX = 3;

export function createRunInRoom(run: RunRoomScript, rooms: OpenRooms, keys: Keys): RunInRoom {
  return async (script, concertId, args) => {
    for (let tries = 0; tries < EPOCH_TRIES_MAX; tries += 1) {
      try {
        const epoch = await rooms.epochOf(concertId);
        if (epoch === null) return null;
        const sentAt = performance.now();
        const reply = await run(script, keys.room(concertId), epoch, ...args);
        rooms.noteUse(concertId, sentAt);
        return reply;
      } catch (error) {
        if (!isStaleEpoch(error)) throw redisFault(error);
        rooms.forget(concertId);
      }
    }
    throw new Unavailable('redis', { cause: `the epoch of room ${concertId} does not settle` });
  };
}

function isStaleEpoch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(STALE_EPOCH);
}
