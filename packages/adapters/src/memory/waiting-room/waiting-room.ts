import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type {
  RoomStatistics,
  PlaceStatus,
  WaitingRoom,
} from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { waitBucketOf, waitPercentiles } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { invariant, unreachable } from '@frontrow/domain/shared/invariant.ts';
import type { EndReason, Place, QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createOpenRooms } from './open-rooms.ts';
import { type MemoryRoom, countInside, endSpot, enter, findSpot, tidy, viewOf } from './room.ts';
import { admitNext, isLineEmpty, replaceInventory } from './room-admission.ts';
import { type Spot, showUp, stayAt } from './stay.ts';

type MemoryWaitingRoomPorts = { readonly clock: Clock; readonly roomRecords: RoomRecords };

export function createMemoryWaitingRoom({ clock, roomRecords }: MemoryWaitingRoomPorts): WaitingRoom {
  const rooms = createOpenRooms(roomRecords);

  async function checkIn(ticket: Ticket): Promise<PlaceStatus> {
    const { concertId, userId, sequence, issuedAt } = ticket;
    const room = await rooms.open(concertId);
    const asOf = clock.now();
    const facts = { concertId, userId, sequence, issuedAt };
    if (room === null) return { token: { ...facts, status: 'EXPIRED' }, room: UNKNOWN_ROOM, asOf };
    const spot = findSpot(room, userId);
    const token = spot?.sequence === sequence ? visit(room, concertId, spot, asOf) : null;
    const ended = { ...facts, status: reasonOf(room, sequence, asOf) };
    return { token: token ?? ended, room: viewOf(room), asOf };
  }

  return {
    checkIn,
    statusFromSnapshot: checkIn,
    freshStatus: checkIn,
    async join(concertId, userId) {
      const room = await rooms.open(concertId);
      if (room === null) return null;
      const asOf = clock.now();
      const spot = findSpot(room, userId);
      const present = spot === undefined ? null : visit(room, concertId, spot, asOf);
      const token = present ?? arrive(room, { concertId, userId }, asOf);
      return { token, room: viewOf(room), asOf, created: present === null };
    },
    async placeOf(concertId, userId) {
      const room = await rooms.open(concertId);
      const spot = room === null ? undefined : findSpot(room, userId);
      if (spot === undefined || stayAt(spot.stay, clock.now()) === null) return null;
      return { concertId, userId, sequence: spot.sequence };
    },
    async end({ concertId, userId, sequence }, reason) {
      const room = await rooms.find(concertId);
      const spot = room === null ? undefined : findSpot(room, userId);
      if (room !== null && spot?.sequence === sequence) endSpot(room, spot, reason, clock.now());
    },
    async admit(concertId) {
      const room = await rooms.open(concertId);
      if (room === null) return { admitted: 0, waiting: 0, active: 0 };
      const now = clock.now();
      const admitted = admitNext(room, now);
      room.lastTickAt = now;
      const { active, parked, returned } = countInside(room, now);
      return { admitted, waiting: room.line.length() + parked + returned, active };
    },
    async expire(concertId, limit) {
      const room = await rooms.find(concertId);
      return room === null ? { parked: 0, expired: 0 } : tidy(room, limit, clock.now());
    },
    async configure(concertId, config) {
      // A room that is not open yet reads its configuration as it opens.
      const room = await rooms.find(concertId);
      if (room !== null && config.version > room.config.version) room.config = config;
    },
    async setInventory(concertId, inventory) {
      const room = await rooms.open(concertId);
      if (room !== null) replaceInventory(room, inventory, clock.now());
    },
    watermark: async (concertId) => (await rooms.find(concertId))?.watermark ?? 0,
    async statistics(concertId) {
      const room = await rooms.open(concertId);
      invariant(room !== null, `concert ${concertId} has no waiting room`);
      return countsOf(room, clock.now());
    },
    list: () => rooms.list(),
  };
}

/** A newcomer goes to the end of the line, or straight in where there is none and the window has room. */
function arrive(room: MemoryRoom, { concertId, userId }: Omit<Place, 'sequence'>, now: Instant): QueueToken {
  const mayEnterAtOnce = isLineEmpty(room, now);
  const spot = enter(room, userId, now);
  if (mayEnterAtOnce) admitNext(room, now);
  const token = visit(room, concertId, spot, now);
  invariant(token !== null, 'a place is not over as it begins');
  return token;
}

/** The token of a fan who shows up, with what that does to the place. Null, and the place has ended, when it is over. */
function visit(room: MemoryRoom, concertId: ConcertId, spot: Spot, now: Instant): QueueToken | null {
  const stay = showUp(spot.stay, now);
  if (stay === null) {
    endSpot(room, spot, 'EXPIRED', now);
    return null;
  }
  if (stay.kind === 'ACTIVE' && spot.stay.kind !== 'ACTIVE') countWait(room, now - spot.issuedAt);
  spot.stay = stay;
  const { userId, sequence, issuedAt } = spot;
  const facts = { concertId, userId, sequence, issuedAt };
  switch (stay.kind) {
    case 'WAITING':
      return { ...facts, status: 'WAITING', position: room.line.positionOf(spot), parked: false };
    case 'RETURNED':
      return { ...facts, status: 'WAITING', position: 0, parked: true };
    case 'ACTIVE':
      return { ...facts, status: 'ACTIVE', sessionExpiresAt: stay.sessionExpiresAt };
    default:
      return unreachable(stay);
  }
}

/** Why a place is over; one that nobody remembers has expired. */
function reasonOf({ ended }: MemoryRoom, sequence: number, now: Instant): EndReason {
  const end = ended.get(sequence);
  return end !== undefined && now < end.at + ENDED_TOKEN_RETENTION_MS ? end.reason : 'EXPIRED';
}

function countsOf(room: MemoryRoom, asOf: Instant): RoomStatistics {
  const { admittedTotal, completedTotal, lastTickAt } = room;
  const { active, parked, returned } = countInside(room, asOf);
  const standing = { waiting: room.line.length(), parked: parked + returned, active };
  return {
    ...standing,
    admittedTotal,
    completedTotal,
    lastTickAt,
    waits: waitPercentiles(room.waits),
    room: viewOf(room),
    asOf,
  };
}

function countWait({ waits }: MemoryRoom, waitMs: number): void {
  const bucket = waitBucketOf(waitMs);
  waits.set(bucket, (waits.get(bucket) ?? 0) + 1);
}
