import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { waitPercentiles } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import { type Place, type Ticket, epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { PlaceStatus, WaitingRoom } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { type MaybePromise, andThen } from '@frontrow/application/shared/maybe-promise.ts';
import { withUnavailable } from '../connection/connection.ts';
import type { Keys } from '../connection/keys.ts';
import { configArguments, createOpenRooms } from './open-rooms.ts';
import { createRoomJoins } from './room-joins.ts';
import { ROOM_FIELDS, readHistogram, readRoom, readToken } from './room-reply.ts';
import type { RoomSnapshot } from './room-snapshot.ts';
import { createRoomSnapshots } from './room-snapshots.ts';
import { type RoomReply, createRunInRoom } from './room-runner.ts';
import { type RedisClient, loadRoomScripts } from './room-scripts.ts';
import type { OnWait } from './wait-watch.ts';

/** How many one tick lets in at most, so that a large batch does not keep the server from everybody else. */
const ADMIT_MAX = 5_000;
const SNAPSHOT_FRESH_MS = 250;

export type RedisWaitingRoomOptions = {
  redis: RedisClient;
  keys: Keys;
  roomRecords: RoomRecords;
  queueEndReads: QueueEndReads;
  /** How old the snapshot of a room may be that a poll is answered from. */
  snapshotFreshMs?: number;
  /** Told of every wait that this process had estimated, once it has ended in admission. */
  onWait?: OnWait;
};

/** The waiting rooms in Redis: each change is one script in lua/, on the server's clock, under the room's epoch. */
export function createRedisWaitingRoom(options: RedisWaitingRoomOptions): WaitingRoom {
  const { redis, keys, queueEndReads } = options;
  const run = loadRoomScripts(redis);
  const rooms = createOpenRooms({ ...options, run });
  const inRoom = createRunInRoom(run, rooms, keys);
  const { snapshotFreshMs = SNAPSHOT_FRESH_MS, onWait = () => {} } = options;
  const snapshots = createRoomSnapshots({ redis, keys, rooms, inRoom, freshMs: snapshotFreshMs, onWait });

  async function readStanding(reply: RoomReply, place: Pick<Place, 'concertId' | 'userId'>) {
    const config = await rooms.configOf(place.concertId, String(reply[1]));
    return { ...readRoom(reply, config), ...readToken(reply.slice(ROOM_FIELDS), place) };
  }

  /** The place of a ticket that may be from before the room's memory was lost. */
  async function find(ticket: Ticket) {
    const { concertId, userId, sequence, issuedAt, sessionExpiresAt } = ticket;
    const args = [userId, sequence, issuedAt];
    const looked = (await inRoom('check-in', concertId, args)) as RoomReply | null;
    if (looked === null) return { token: null, room: UNKNOWN_ROOM, asOf: issuedAt };
    const found = await readStanding(looked, ticket);
    const isSessionLost = found.token?.status === 'WAITING' && (sessionExpiresAt ?? 0) > found.asOf;
    const isOld = epochOf(sequence) < Number(await rooms.epochOf(concertId));
    if (!isOld || (found.token !== null && !isSessionLost)) return found;
    const ended = await queueEndReads.find(ticket);
    if (ended !== null) return { ...found, token: { concertId, userId, sequence, issuedAt, status: ended } };
    const restored = await inRoom('restore', concertId, [...args, sessionExpiresAt ?? 0]);
    return restored === null ? found : readStanding(restored as RoomReply, ticket);
  }

  async function checkIn(ticket: Ticket): Promise<PlaceStatus> {
    const { token, room, asOf } = await find(ticket);
    const { concertId, userId, sequence, issuedAt } = ticket;
    if (token?.status === 'ACTIVE') snapshots.addSession(token);
    return { room, asOf, token: token ?? { concertId, userId, sequence, issuedAt, status: 'EXPIRED' } };
  }

  function freshStatus(ticket: Ticket): MaybePromise<PlaceStatus | null> {
    const snapshot = snapshots.fresh(ticket.concertId);
    if (snapshot instanceof Promise)
      return snapshot.then((taken) => unlessOver(ticket, taken && statusFrom(taken, ticket)));
    return unlessOver(ticket, snapshot && (newStatusFrom(snapshot, ticket) ?? statusFrom(snapshot, ticket)));
  }

  /** Null for a session that may have ended since the snapshot was taken. */
  function unlessOver({ concertId }: Ticket, status: PlaceStatus | null): PlaceStatus | null {
    if (status?.token.status !== 'ACTIVE') return status;
    const latest = status.asOf + snapshots.ageMs(concertId);
    return status.token.sessionExpiresAt <= latest ? null : status;
  }

  return {
    checkIn,
    statusFromSnapshot: (ticket) =>
      andThen(snapshots.of(ticket.concertId), (snapshot) => snapshot && statusFrom(snapshot, ticket)),
    freshStatus,
    join: createRoomJoins(inRoom, rooms),
    async placeOf(concertId, userId) {
      const sequence = await inRoom('place-of', concertId, [userId]);
      return sequence === null ? null : { concertId, userId, sequence: Number(sequence) };
    },
    async end(place, reason) {
      const { concertId, userId, sequence } = place;
      await inRoom('end', concertId, [userId, sequence, reason]);
      snapshots.end(place, reason);
    },
    async admit(concertId) {
      const reply = (await inRoom('admit', concertId, [ADMIT_MAX])) as RoomReply | null;
      const [admitted = 0, waiting = 0, active = 0, isClosed = 1] = (reply ?? []).map(Number);
      // A room that is over, or whose concert is gone, needs no more ticks; a new date lists it again.
      if (isClosed === 1 && waiting + active === 0) await unlist(concertId);
      return { admitted, waiting, active };
    },
    async expire(concertId, limit) {
      const reply = (await inRoom('expire', concertId, [limit])) as RoomReply | null;
      const [parked = 0, expired = 0] = (reply ?? []).map(Number);
      return { parked, expired };
    },
    configure: (concertId, config) =>
      withUnavailable(async () => {
        const isOpen = await run('configure', keys.room(concertId), '', ...configArguments(config));
        if (isOpen === 1) await redis.sadd(keys.rooms, concertId);
      }),
    async setInventory(concertId, { sellable, isSoldOut, holders }) {
      const places = holders.flatMap(({ userId, sequence }) => [userId, sequence]);
      await inRoom('set-inventory', concertId, [sellable, isSoldOut ? 1 : 0, ...places]);
    },
    async watermark(concertId) {
      const watermark = await withUnavailable(() => redis.hget(keys.room(concertId), 'watermark'));
      return Number(watermark ?? 0);
    },
    async statistics(concertId) {
      const reply = (await inRoom('statistics', concertId, [])) as RoomReply | null;
      invariant(reply !== null, `concert ${concertId} has no waiting room`);
      const config = await rooms.configOf(concertId, String(reply[1]));
      const [waiting, parked, active, admittedTotal, completedTotal, lastTickAt, ...waits] =
        reply.slice(ROOM_FIELDS);
      return {
        ...readRoom(reply, config),
        waiting: Number(waiting),
        parked: Number(parked),
        active: Number(active),
        admittedTotal: Number(admittedTotal),
        completedTotal: Number(completedTotal),
        lastTickAt: lastTickAt === '' ? null : Number(lastTickAt),
        waits: waitPercentiles(readHistogram(waits)),
      };
    },
    list: () => withUnavailable(() => redis.smembers(keys.rooms)),
  };

  function unlist(concertId: ConcertId) {
    return withUnavailable(() => redis.srem(keys.rooms, concertId));
  }
}

/** Null for a place that only a check-in can answer for. */
function statusFrom(snapshot: RoomSnapshot, ticket: Ticket): PlaceStatus | null {
  const token = snapshot.tokenOf(ticket);
  if (token === null) return null;
  const { room, asOf, wait } = snapshot;
  const isInLine = token.status === 'WAITING' && token.position !== null;
  return { token, room, asOf, estimate: isInLine ? wait.estimate(token.position) : null };
}

/** The status of a place that was admitted at once after the snapshot was taken. */
function newStatusFrom(snapshot: RoomSnapshot, ticket: Ticket): PlaceStatus | null {
  const token = snapshot.newcomerOf(ticket);
  return token && { token, room: snapshot.room, asOf: snapshot.asOf };
}
