import type { ConcertId } from '@frontrow/domain/ids.ts';
import { invariant } from '@frontrow/domain/invariant.ts';
import type { Place } from '@frontrow/domain/queue-token.ts';
import type { RoomRecords } from '@frontrow/application/ports/room-records.ts';
import { Unavailable } from '@frontrow/application/ports/unavailable.ts';
import type { Standing, WaitingRoom } from '@frontrow/application/ports/waiting-room.ts';
import { redisFault } from './connection.ts';
import type { Keys } from './keys.ts';
import { configArguments, createOpenRooms } from './open-rooms.ts';
import { readRoom, readToken } from './room-reply.ts';
import { type RedisClient, type RoomScript, loadRoomScripts } from './room-scripts.ts';

type Reply = (string | number)[];
type Arguments = readonly (string | number)[];

/** How many one tick lets in at most, so that a large batch does not keep the server from everybody else. */
const ADMIT_MAX = 5_000;
/** How often a command is tried again under a newer epoch. */
const EPOCH_TRIES_MAX = 3;

export type RedisWaitingRoomOptions = { redis: RedisClient; keys: Keys; roomRecords: RoomRecords };

/** The waiting rooms in Redis: each change is one script in lua/, on the server's clock, under the room's epoch. */
export function createRedisWaitingRoom(options: RedisWaitingRoomOptions): WaitingRoom {
  const { redis, keys } = options;
  const run = loadRoomScripts(redis);
  const rooms = createOpenRooms({ ...options, run });

  /** Null for an unknown concert. */
  async function inRoom(script: RoomScript, concertId: ConcertId, args: Arguments): Promise<unknown> {
    for (let tries = 0; tries < EPOCH_TRIES_MAX; tries += 1) {
      try {
        const epoch = await rooms.epochOf(concertId);
        if (epoch === null) return null;
        return await run(script, keys.room(concertId), epoch, ...args);
      } catch (error) {
        if (!isStaleEpoch(error)) throw redisFault(error);
        rooms.forget(concertId);
      }
    }
    throw new Unavailable('redis', { cause: `the epoch of room ${concertId} does not settle` });
  }

  async function inKnownRoom(script: RoomScript, concertId: ConcertId, args: Arguments): Promise<Reply> {
    const reply = await inRoom(script, concertId, args);
    invariant(reply !== null, `concert ${concertId} has no waiting room`);
    return reply as Reply;
  }

  async function standing(reply: Reply, place: Pick<Place, 'concertId' | 'userId'>) {
    const config = await rooms.configOf(place.concertId, String(reply[1]));
    return { ...readRoom(reply, config), ...readToken(reply, place) };
  }

  return {
    async join(concertId, userId) {
      const reply = await inRoom('join', concertId, [userId]);
      if (reply === null) return null;
      const { token, room, asOf, created } = await standing(reply as Reply, { concertId, userId });
      invariant(token !== null, 'joining gives a place');
      return { token, room, asOf, created };
    },
    async look({ concertId, userId, sequence, issuedAt }): Promise<Standing> {
      const reply = await inKnownRoom('look', concertId, [userId, sequence, issuedAt]);
      const { token, room, asOf } = await standing(reply, { concertId, userId });
      return { room, asOf, token: token ?? { concertId, userId, sequence, issuedAt, status: 'EXPIRED' } };
    },
    async find(concertId, userId) {
      const sequence = await inRoom('find', concertId, [userId]);
      return sequence === null ? null : { concertId, userId, sequence: Number(sequence) };
    },
    async end({ concertId, userId, sequence }, reason) {
      await inRoom('end', concertId, [userId, sequence, reason]);
    },
    async admit(concertId) {
      const reply = await inRoom('admit', concertId, [ADMIT_MAX]);
      const [admitted = 0, waiting = 0, active = 0, isClosed = 1] = ((reply ?? []) as number[]).map(Number);
      // A room that is over, or whose concert is gone, needs no more ticks; a new date lists it again.
      if (isClosed === 1 && waiting + active === 0) await redis.srem(keys.rooms, concertId);
      return { admitted, waiting, active };
    },
    async expire(concertId, limit) {
      const reply = await inRoom('expire', concertId, [limit]);
      const [parked = 0, expired = 0] = ((reply ?? []) as number[]).map(Number);
      return { parked, expired };
    },
    async configure(concertId, config) {
      try {
        const isOpen = await run('configure', keys.room(concertId), '', ...configArguments(config));
        if (isOpen === 1) await redis.sadd(keys.rooms, concertId);
      } catch (error) {
        throw redisFault(error);
      }
    },
    async counts(concertId) {
      const reply = await inKnownRoom('counts', concertId, []);
      const config = await rooms.configOf(concertId, String(reply[1]));
      const [waiting, parked, active, admittedTotal, completedTotal, lastTickAt] = reply.slice(6);
      return {
        ...readRoom(reply, config),
        waiting: Number(waiting),
        parked: Number(parked),
        active: Number(active),
        admittedTotal: Number(admittedTotal),
        completedTotal: Number(completedTotal),
        lastTickAt: lastTickAt === '' ? null : Number(lastTickAt),
      };
    },
    async list() {
      try {
        return await redis.smembers(keys.rooms);
      } catch (error) {
        throw redisFault(error);
      }
    },
  };
}

function isStaleEpoch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('STALE_EPOCH');
}
