import { type RoomConfig, isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import {
  type CheckedIn,
  type Ended,
  WAITING,
  isCheckedIn,
  placeAt,
  tokenOf,
} from '@frontrow/domain/waiting-room/place.ts';
import {
  type EndReason,
  type QueueToken,
  type Ticket,
  epochOf,
  sequenceOf,
} from '@frontrow/domain/waiting-room/queue-token.ts';
import { mayRestore, needsRestore, restore } from '@frontrow/domain/waiting-room/restore.ts';
import type { Inventory } from '../../src/ports/waiting-room/inventory.ts';
import type { CountStart } from '../../src/ports/waiting-room/waiting-room.ts';
import {
  type ModelDatabase,
  type ModelRoom,
  admitPlaces,
  checkInUser,
  countsOf,
  createModelRoom,
  endPlace,
  expirePlaces,
  nextDeadlineOf,
  positionOf,
  storeEnd,
  reportSold,
  updateSoldOut,
  viewOf,
  writeState,
} from './room-model-state.ts';

export type RoomModel = ReturnType<typeof createRoomModel>;

const EXPIRED: Ended = { kind: 'ENDED', reason: 'EXPIRED' };

/** A waiting room by the functions of the domain alone: what an adapter has to answer, to the millisecond. */
export function createRoomModel(concertId: ConcertId, startConfig: RoomConfig, startAt: Instant) {
  const database: ModelDatabase = { epoch: 0, watermark: 0, config: startConfig, ends: new Map() };
  let now = startAt;
  let memory: ModelRoom | null = null;

  function opened(): ModelRoom {
    if (memory !== null) return memory;
    const { recoveryGraceMs, intervalMs } = database.config.admission;
    const restoringUntil = database.epoch === 0 ? null : now + Math.max(recoveryGraceMs, intervalMs);
    database.epoch += 1;
    memory = createModelRoom(database, restoringUntil);
    return memory;
  }

  function tokenFor(room: ModelRoom, ticket: Ticket, state: CheckedIn): QueueToken {
    return tokenOf({ ...ticket, concertId }, state, positionOf(room, ticket.sequence));
  }

  /** Null for a place that the room does not know. */
  function checkInTicket(room: ModelRoom, { userId, sequence }: Ticket): CheckedIn | null {
    const isPresent = room.places.get(userId)?.sequence === sequence;
    const state = isPresent ? checkInUser(room, userId, now) : null;
    const reason = room.ends.get(sequence);
    return state ?? (reason === undefined ? null : { kind: 'ENDED', reason });
  }

  function restoreTicket(room: ModelRoom, ticket: Ticket): CheckedIn {
    const { userId, sequence } = ticket;
    const reason = database.ends.get(sequence);
    if (reason !== undefined) return { kind: 'ENDED', reason };
    const present = room.places.get(userId) ?? null;
    const state = mayRestore(ticket, present, now) ? restore(ticket, room, now) : EXPIRED;
    if (state.kind === 'ENDED') {
      storeEnd(room, sequence, state.reason);
      return state;
    }
    if (present !== null && present.sequence !== sequence) writeState(room, present, EXPIRED);
    writeState(room, { userId, sequence, state }, state);
    return state;
  }

  return {
    now: () => now,
    wait: (ms: number) => void (now += ms),
    /** Never goes back. */
    waitForDeadline(offsetMs: number): void {
      const deadline = memory && nextDeadlineOf(memory, now);
      if (deadline !== null) now = Math.max(now, deadline + offsetMs);
    },
    config: () => database.config,
    configure(config: RoomConfig): void {
      database.config = config;
      if (memory !== null) memory.config = config;
    },
    epoch: () => database.epoch,
    isRestoring: () => isRestoring(opened(), now),
    lose: () => void (memory = null),
    watermark: () => memory?.watermark ?? 0,
    storedEndOf: ({ sequence }: Ticket) => database.ends.get(sequence) ?? null,
    saveWatermark: () => void (database.watermark = Math.max(database.watermark, memory?.watermark ?? 0)),
    /** Whether the user has a place whose time is over, and whose end has not been written. */
    isOver(userId: UserId): boolean {
      const room = opened();
      const place = room.places.get(userId);
      return place !== undefined && placeAt(place.state, now, room.soldOut).kind === 'ENDED';
    },
    join(userId: UserId) {
      const room = opened();
      const isKnown = checkInUser(room, userId, now) !== null;
      const { waiting, parked } = countsOf(room, now);
      if (!isKnown) {
        room.counter += 1;
        const sequence = sequenceOf(database.epoch, room.counter);
        writeState(room, { userId, sequence, state: WAITING }, WAITING);
        if (waiting === 0 && parked === 0) admitPlaces(room, now);
      }
      const state = checkInUser(room, userId, now);
      const sequence = room.places.get(userId)?.sequence;
      invariant(state !== null && sequence !== undefined, 'a join gives a place');
      const ticket = { concertId, userId, sequence, issuedAt: now, sessionExpiresAt: null };
      return { created: !isKnown, token: tokenFor(room, ticket, state) };
    },
    checkIn(ticket: Ticket): QueueToken {
      const room = opened();
      const state = checkInTicket(room, ticket);
      const known = state && tokenFor(room, ticket, state);
      if (!needsRestore(ticket, known, database.epoch, now)) return known ?? tokenFor(room, ticket, EXPIRED);
      const restored = restoreTicket(room, ticket);
      return tokenFor(room, ticket, restored);
    },
    /** What a read may answer. Null where a check-in would change the place. */
    read(ticket: Ticket): QueueToken | null {
      const room = opened();
      const place = room.places.get(ticket.userId);
      const reason = room.ends.get(ticket.sequence) ?? database.ends.get(ticket.sequence);
      if (reason !== undefined) return tokenFor(room, ticket, { kind: 'ENDED', reason });
      if (place?.sequence !== ticket.sequence) return null;
      const state = placeAt(place.state, now, room.soldOut);
      return isCheckedIn(state) ? tokenFor(room, ticket, state) : null;
    },
    /** The end as the database and then the room write it. */
    end({ userId, sequence }: Ticket, reason: EndReason, soldSeats: number): void {
      if (memory !== null) reportSold(memory, sequence, soldSeats, now);
      storeEnd({ storedEnds: database.ends }, sequence, reason);
      const place = memory?.places.get(userId);
      if (memory !== null && place?.sequence === sequence) endPlace(memory, place, reason, now);
    },
    admit() {
      const room = opened();
      const admitted = admitPlaces(room, now);
      const { waiting, parked, active } = countsOf(room, now);
      return { admitted, waiting: waiting + parked, active };
    },
    expire: () => expirePlaces(opened(), now),
    beginCount(): CountStart {
      const room = opened();
      room.countsBegun += 1;
      const number = sequenceOf(database.epoch, room.countsBegun);
      return { number, countedAt: now, soldBefore: room.soldTotal };
    },
    setInventory(start: CountStart, { sellable, dates, holders, seatsReturned }: Inventory): void {
      const room = opened();
      const { number, countedAt, soldBefore } = start;
      // A count that began before a loss is not of this room.
      if (number <= room.countNumber || epochOf(number) !== database.epoch) return;
      const withSession = holders.filter(({ userId, sequence }) => {
        const place = room.places.get(userId);
        return place?.sequence === sequence && placeAt(place.state, now, room.soldOut).kind === 'ACTIVE';
      });
      room.countNumber = number;
      room.inventory = { sellable, dates, holders: withSession.length, countedAt, soldBefore, seatsReturned };
      updateSoldOut(room, now);
    },
    placeOf(userId: UserId): number | null {
      const room = opened();
      const place = room.places.get(userId);
      return place === undefined || placeAt(place.state, now, room.soldOut).kind === 'ENDED'
        ? null
        : place.sequence;
    },
    statistics() {
      const room = opened();
      const { admittedTotal, completedTotal, claimedTotal } = room;
      const counts = { ...countsOf(room, now), admittedTotal, completedTotal };
      return { ...counts, hasClaims: claimedTotal > 0, room: viewOf(room, now), asOf: now };
    },
  };
}
