import { randomUUID } from 'node:crypto';
import type { TimedRoomPorts } from '@frontrow/application/contracts/waiting-room/room-follower.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import type { RedisClient } from '../../../src/redis/waiting-room/room-scripts.ts';
import { createMemoryTestPorts } from '../../memory/memory-test-ports.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';

const CLOCK = ':clock';
const clockLua = `local now = tonumber(redis.call('GET', ROOM_KEY .. '${CLOCK}'))`;

/** Rooms in Redis whose scripts take the time from a key of the test, on a database in memory. */
export function createTimedRoom(
  redis: RedisClient,
): Omit<TimedRoomPorts, 'close'> & { readonly prefix: string } {
  const prefix = `test-${randomUUID()}`;
  const keys = createKeys(prefix);
  let now = 0;
  const ports = createMemoryTestPorts({ now: () => now });
  const waitingRoom = createRedisWaitingRoom({ ...ports, redis, keys, snapshotFreshMs: 0, clockLua });
  return {
    prefix,
    ports: { ...ports, waitingRoom },
    async setTime(concertId, moment) {
      now = moment;
      await redis.set(keys.room(concertId).room + CLOCK, moment);
    },
    async lose(concertId) {
      await redis.del(...Object.values(keys.room(concertId)));
    },
  };
}
