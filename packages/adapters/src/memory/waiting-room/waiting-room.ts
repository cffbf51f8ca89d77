import { UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { Transact } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type {
  PlaceStatus,
  RoomStatistics,
  WaitingRoom,
} from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type CheckedIn, isCheckedIn, placeAt, tokenOf } from '@frontrow/domain/waiting-room/place.ts';
import type { QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { waitPercentiles } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import { createExpirePlaces } from './expire-places.ts';
import { createOpenRooms } from './open-rooms.ts';
import type { MemoryPlace } from './place.ts';
import {
  type MemoryRoom,
  checkInPlace,
  countPlaces,
  endPlace,
  endReasonOf,
  duePlaces,
  findPlace,
  parkPlaces,
  roomOf,
} from './room.ts';
import { admitNext, giveBackAllowance } from './room-admission.ts';
import { beginCount, replaceInventory, reportSold } from './room-inventory.ts';
import { checkInUser, joinLine } from './room-join.ts';
import { createRoomStatuses } from './room-statuses.ts';
import { createRoomWaits } from './room-waits.ts';

type MemoryWaitingRoomOptions = {
  readonly clock: Clock;
  readonly roomRecords: RoomRecords;
  readonly transact: Transact;
  /** Called with a sample of the estimated waits, after their admission. */
  readonly onWait?: OnWait;
};

export function createMemoryWaitingRoom(options: MemoryWaitingRoomOptions): WaitingRoom {
  const { clock, roomRecords, onWait = () => {} } = options;
  const rooms = createOpenRooms(roomRecords);
  const expirePlaces = createExpirePlaces(options.transact, clock);
  const waits = createRoomWaits(onWait);
  const statusOf = createRoomStatuses(waits);

  async function checkIn(ticket: Ticket): Promise<PlaceStatus> {
    const { concertId, userId, sequence } = ticket;
    const room = await rooms.open(concertId);
    if (room === null) {
      const token = tokenOf(ticket, { kind: 'ENDED', reason: 'EXPIRED' }, null);
      return { token, room: UNKNOWN_ROOM, asOf: clock.now() };
    }
    const find = () => {
      const place = findPlace(room, userId);
      return place?.sequence === sequence ? place : undefined;
    };
    const asOf = await expireOver(room, concertId, find);
    const place = find();
    const state = place === undefined ? null : checkInPlace(room, place, asOf);
    return { token: tokenIn(room, ticket, state, asOf), room: roomOf(room, asOf), asOf };
  }

  /** Ends the place if its time is over. Returns a moment at which its time is not over. */
  async function expireOver(
    room: MemoryRoom,
    concertId: ConcertId,
    find: () => MemoryPlace | undefined,
  ): Promise<Instant> {
    for (;;) {
      const now = clock.now();
      const place = find();
      if (place === undefined || placeAt(place.state, now, room.soldOut).kind !== 'ENDED') return now;
      await expirePlaces(room, concertId, [place]);
    }
  }

  async function readStatus(ticket: Ticket): Promise<PlaceStatus | null> {
    const room = await rooms.open(ticket.concertId);
    const asOf = clock.now();
    const place = room === null ? undefined : findPlace(room, ticket.userId);
    if (room === null || place?.sequence !== ticket.sequence) return null;
    const state = placeAt(place.state, asOf, room.soldOut);
    // A check-in writes the end to the database before it answers EXPIRED.
    if (!isCheckedIn(state) || state.kind === 'ENDED') return null;
    const token = tokenIn(room, ticket, state, asOf);
    const estimate = state.kind === 'WAITING' ? waits.estimate(room, place, asOf) : null;
    return { token, room: roomOf(room, asOf), asOf, estimate };
  }

  return {
    checkIn,
    statusFromSnapshot: readStatus,
    freshStatus: readStatus,
    async roomStatusFromSnapshot(concertId) {
      const room = await rooms.open(concertId);
      return room && statusOf(concertId, room, clock.now());
    },
    async join(concertId, userId) {
      const room = await rooms.open(concertId);
      if (room === null) return null;
      const asOf = await expireOver(room, concertId, () => findPlace(room, userId));
      const present = checkInUser(room, userId, asOf);
      const { place, state } = present ?? joinLine(room, userId, asOf);
      const token = tokenIn(room, { ...place, concertId }, state, asOf);
      return { token, room: roomOf(room, asOf), asOf, created: present === null };
    },
    async placeOf(concertId, userId) {
      const room = await rooms.open(concertId);
      const place = room === null ? undefined : findPlace(room, userId);
      if (room === null || place === undefined) return null;
      if (placeAt(place.state, clock.now(), room.soldOut).kind === 'ENDED') return null;
      return { concertId, userId, sequence: place.sequence };
    },
    async end({ concertId, userId, sequence }, reason, soldSeats = 0) {
      const room = await rooms.find(concertId);
      if (room === null) return;
      const now = clock.now();
      reportSold(room, sequence, soldSeats, now);
      const place = findPlace(room, userId);
      if (place?.sequence !== sequence) return;
      if (reason === 'LEFT') giveBackAllowance(room, place, now);
      endPlace(room, place, reason, now);
      waits.forget(room, place);
    },
    async admit(concertId) {
      const room = await rooms.open(concertId);
      if (room === null) return { admitted: 0, waiting: 0, active: 0 };
      const now = clock.now();
      const admitted = admitNext(room, now);
      room.lastTickAt = now;
      const { waiting, parked, active } = countPlaces(room, now);
      return { admitted, waiting: waiting + parked, active };
    },
    async expire(concertId, limit) {
      const room = await rooms.find(concertId);
      if (room === null) return { parked: 0, expired: 0 };
      const due = duePlaces(room, limit, clock.now());
      const expired = await expirePlaces(room, concertId, due);
      return { parked: parkPlaces(room, limit - due.length, clock.now()), expired };
    },
    async configure(concertId, config) {
      // A room that is not open yet reads its configuration as it opens.
      const room = await rooms.find(concertId);
      if (room !== null && config.version > room.config.version) room.config = config;
    },
    async beginCount(concertId) {
      const room = await rooms.open(concertId);
      return room && beginCount(room, clock.now());
    },
    async setInventory(concertId, start, inventory) {
      const room = await rooms.open(concertId);
      if (room !== null) replaceInventory(room, start, inventory, clock.now());
    },
    watermark: async (concertId) => (await rooms.find(concertId))?.watermark ?? 0,
    async statistics(concertId) {
      const room = await rooms.open(concertId);
      invariant(room !== null, `concert ${concertId} has no waiting room`);
      const now = clock.now();
      return { ...statisticsOf(room, now), estimateError: waits.error(room, now) };
    },
    list: () => rooms.list(),
    enlist: async (concertId) => (await rooms.open(concertId)) !== null,
  };
}

/** `state` is null for a place that the room does not have. */
function tokenIn(
  room: MemoryRoom,
  facts: Omit<Ticket, 'sessionExpiresAt'>,
  state: CheckedIn | null,
  now: Instant,
): QueueToken {
  if (state === null)
    return tokenOf(facts, { kind: 'ENDED', reason: endReasonOf(room, facts.sequence, now) }, null);
  return tokenOf(facts, state, state.kind === 'WAITING' ? room.line.positionOf(facts) : null);
}

function statisticsOf(room: MemoryRoom, asOf: Instant): Omit<RoomStatistics, 'estimateError'> {
  const { admittedTotal, completedTotal, lastTickAt, epoch } = room;
  return {
    ...countPlaces(room, asOf),
    admittedTotal,
    completedTotal,
    lastTickAt,
    epoch,
    waits: waitPercentiles(room.waits),
    room: roomOf(room, asOf),
    asOf,
  };
}
