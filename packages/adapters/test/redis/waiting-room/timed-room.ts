import { randomUUID } from 'node:crypto';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { TimedRoomPorts } from '@frontrow/application/contracts/waiting-room/room-follower.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import type { RedisClient } from '../../../src/redis/waiting-room/room-scripts.ts';
import { createMemoryTestPorts } from '../../memory/memory-test-ports.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';

const CLOCK = ':clock';
const clockLua = `local now = tonumber(redis.call('GET', ROOM_KEY .. '${CLOCK}'))`;

/** Rooms in Redis whose scripts take the time from a key of the test, on a database in memory. */
export function createTimedRoom(redis: RedisClient): Omit<TimedRoomPorts, 'close'> & {
  readonly prefix: string;
  /** The server has restarted with the room, and may have lost writes: every process connects again. */
  readonly restart: (concertId: ConcertId) => Promise<void>;
  /** How often the records of rooms have been read. */
  readonly countReads: () => number;
} {
  const prefix = `test-${randomUUID()}`;
  const keys = createKeys(prefix);
  let now = 0;
  const memory = createMemoryTestPorts({ now: () => now });
  let reads = 0;
  const ports: Ports = {
    ...memory,
    roomRecords: {
      ...memory.roomRecords,
      find(concertId) {
        reads += 1;
        return memory.roomRecords.find(concertId);
      },
    },
  };
  const waitingRoom = createRedisWaitingRoom({ ...ports, redis, keys, snapshotFreshMs: 0, clockLua });
  return {
    prefix,
    ports: { ...ports, waitingRoom },
    async setTime(concertId, moment) {
      now = moment;
      await redis.set(keys.room(concertId).room + CLOCK, moment);
    },
    countReads: () => reads,
    async restart(concertId) {
      await redis.hset(keys.room(concertId).room, { runId: 'the run before', history: 'the history before' });
    },
    async lose(concertId) {
      await redis.del(...Object.values(keys.room(concertId)));
    },
  };
}
