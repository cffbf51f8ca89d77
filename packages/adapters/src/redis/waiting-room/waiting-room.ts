import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { waitPercentiles } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { PlaceEnd, QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { Transact } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type {
  PlaceStatus,
  RoomStatistics,
  RoomStatus,
  WaitingRoom,
} from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { createCoalescedReads } from '@frontrow/application/shared/coalesced-reads.ts';
import { type MaybePromise, andThen } from '@frontrow/application/shared/maybe-promise.ts';
import { withUnavailable } from '../connection/connection.ts';
import type { Keys } from '../connection/keys.ts';
import { configArguments } from './config-arguments.ts';
import { createOpenRooms } from './open-rooms.ts';
import { writeCountedDates } from './counted-dates.ts';
import { createExpirePlaces } from './expire-places.ts';
import { createFanCalls } from './fan-calls.ts';
import { createRoomJoins } from './room-joins.ts';
import { createRoomCheckIn } from './room-check-in.ts';
import { histogramIn, roomIn } from './room-replies.ts';
import type { RoomSnapshot } from './room-snapshot.ts';
import { createRoomSnapshots } from './room-snapshots.ts';
import { createRunInRoom } from './room-runner.ts';
import { type RedisClient, loadRoomScripts } from './room-scripts.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';

/** The most places that one tick admits, so that other commands do not wait for long. */
const ADMIT_MAX = 5_000;
const NO_TICK = { admitted: 0, waiting: 0, active: 0 };
const SNAPSHOT_FRESH_MS = 250;

export type RedisWaitingRoomOptions = {
  redis: RedisClient;
  keys: Keys;
  roomRecords: RoomRecords;
  queueEndReads: QueueEndReads;
  transact: Transact;
  /** The age up to which a snapshot answers polls. */
  snapshotFreshMs?: number;
  /** Called after every admission whose wait this process had estimated. */
  onWait?: OnWait;
  /** Lua that sets `now` to the moment in ms, in place of the server's clock. For tests. */
  clockLua?: string;
};

/** The waiting rooms in Redis. Each change is one script of lua/, by the server's clock, under the room's epoch. */
export function createRedisWaitingRoom(options: RedisWaitingRoomOptions): WaitingRoom {
  const { redis, keys, queueEndReads } = options;
  const run = loadRoomScripts(redis, options);
  const rooms = createOpenRooms({ ...options, run });
  const inRoom = createRunInRoom(run, rooms, keys);
  const expirePlaces = createExpirePlaces(inRoom, options.transact);
  const checkInRoom = createRoomCheckIn({ inRoom, rooms, queueEndReads, expirePlaces });
  const { snapshotFreshMs = SNAPSHOT_FRESH_MS, onWait = () => {} } = options;
  const snapshots = createRoomSnapshots({ redis, keys, rooms, inRoom, freshMs: snapshotFreshMs, onWait });

  const endTogether = createFanCalls<Required<PlaceEnd>, boolean>(async (concertId, ends) => {
    const args = ends.flatMap(({ userId, sequence, reason, soldSeats }) => [
      userId,
      sequence,
      reason,
      soldSeats,
    ]);
    return (await inRoom('end', concertId, args)) ?? ends.map(() => false);
  });

  async function checkIn(ticket: Ticket): Promise<PlaceStatus> {
    const status = await checkInRoom(ticket);
    if (status.token.status === 'ACTIVE') snapshots.addSession(status.token);
    return status;
  }

  function freshStatus(ticket: Ticket): MaybePromise<PlaceStatus | null> {
    if (rooms.recentlyRemoved(ticket.concertId) !== undefined) return null;
    const snapshot = snapshots.fresh(ticket.concertId);
    if (snapshot instanceof Promise)
      return snapshot.then((refreshed) => unlessOver(ticket, refreshed && statusFrom(refreshed, ticket)));
    return unlessOver(ticket, snapshot && (newStatusFrom(snapshot, ticket) ?? statusFrom(snapshot, ticket)));
  }

  /** Null for a session that may have ended since the snapshot was taken. */
  function unlessOver({ concertId }: Ticket, status: PlaceStatus | null): PlaceStatus | null {
    if (status?.token.status !== 'ACTIVE') return status;
    const latest = status.asOf + snapshots.ageMs(concertId);
    return status.token.sessionExpiresAt <= latest ? null : status;
  }

  const findRemoved = (concertId: ConcertId) => withUnavailable(() => rooms.findRemoved(concertId));

  /** Everybody may ask for it, and no snapshot answers. */
  const statusOfRemoved = createCoalescedReads<null, RoomStatus | null>(async (concertId) => {
    const removed = await findRemoved(concertId);
    const nobody = { line: [], waits: [], advance: null, unsoldSeats: null };
    return removed && { concertId, epoch: 0, ...removed, ...nobody };
  });

  async function statisticsOfRemoved(concertId: ConcertId): Promise<RoomStatistics> {
    const removed = await findRemoved(concertId);
    invariant(removed !== null, `concert ${concertId} has no waiting room`);
    const counts = { waiting: 0, parked: 0, active: 0, admittedTotal: 0, completedTotal: 0 };
    return { ...removed, ...counts, lastTickAt: null, waits: null, estimateError: null, epoch: 0 };
  }

  return {
    checkIn,
    statusFromSnapshot: (ticket) =>
      rooms.recentlyRemoved(ticket.concertId) === undefined
        ? andThen(snapshots.recent(ticket.concertId), (snapshot) => snapshot && statusFrom(snapshot, ticket))
        : null,
    freshStatus,
    roomStatusFromSnapshot: (concertId) =>
      andThen(
        snapshots.recent(concertId),
        (snapshot): MaybePromise<RoomStatus | null> => snapshot?.status() ?? statusOfRemoved(concertId, null),
      ),
    join: createRoomJoins({ inRoom, rooms, expirePlaces }),
    async placeOf(concertId, userId) {
      const sequence = await inRoom('place-of', concertId, [userId]);
      return sequence === null ? null : { concertId, userId, sequence };
    },
    async end(place, reason, soldSeats = 0) {
      // Where the place has ended before, the first reason stays.
      const hasEnded = await endTogether(place.concertId, { ...place, reason, soldSeats });
      if (hasEnded) snapshots.end(place, reason);
    },
    async admit(concertId) {
      const tick = await inRoom('admit', concertId, [ADMIT_MAX]);
      // A room that is over, or whose concert is unknown, needs no more ticks. A new date opens and lists it again.
      if (tick === null || tick.isOver) await withUnavailable(() => rooms.unlist(concertId));
      const { admitted, waiting, active } = tick ?? NO_TICK;
      return { admitted, waiting, active };
    },
    expire: (concertId, limit) => expirePlaces.endDue(concertId, limit),
    configure: (concertId, config) =>
      withUnavailable(async () => {
        const isOpen = await run('configure', keys.room(concertId), '', ...configArguments(config));
        if (isOpen) await redis.sadd(keys.rooms, concertId);
      }),
    beginCount: (concertId) => inRoom('begin-count', concertId, []),
    async setInventory(concertId, { number, countedAt, soldBefore }, inventory) {
      const { sellable, seatsReturned } = inventory;
      const places = inventory.holders.flatMap(({ userId, sequence }) => [userId, sequence]);
      const counted = writeCountedDates(inventory.dates);
      const counts = [number, countedAt, soldBefore, sellable, counted, seatsReturned];
      await inRoom('set-inventory', concertId, [...counts, ...places]);
    },
    async watermark(concertId) {
      const watermark = await withUnavailable(() => redis.hget(keys.room(concertId).room, 'watermark'));
      return Number(watermark ?? 0);
    },
    async statistics(concertId) {
      const reply = await inRoom('statistics', concertId, []);
      if (reply === null) return statisticsOfRemoved(concertId);
      const config = await rooms.configOf(concertId, reply.version);
      const { waiting, parked, active, admittedTotal, completedTotal, lastTickAt, epoch } = reply;
      const waits = waitPercentiles(histogramIn(reply.waits));
      const counts = { waiting, parked, active, admittedTotal, completedTotal, lastTickAt, waits, epoch };
      return { ...roomIn(reply, config), ...counts, estimateError: snapshots.estimateError(concertId) };
    },
    list: () => withUnavailable(() => redis.smembers(keys.rooms)),
    enlist: (concertId) => withUnavailable(() => rooms.enlist(concertId)),
  };
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
  const token = snapshot.newTokenOf(ticket);
  return token && { token, room: snapshot.room, asOf: snapshot.asOf };
}
