import type { AdmissionWindow, Room, RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import {
  type InventorySnapshot,
  type SoldOutPeriod,
  isSoldOut,
} from '@frontrow/domain/waiting-room/inventory.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import {
  type CheckedIn,
  WAITING,
  checkIn,
  countsAsActive,
  countsAsParked,
  placeAt,
} from '@frontrow/domain/waiting-room/place.ts';
import { type EndReason, sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { waitBucketOf } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import type { MemoryPlace } from './place.ts';
import { type WaitingLine, createWaitingLine } from './waiting-line.ts';

/** One concert's waiting room. Every function below changes it without awaiting anything, so each change is atomic. */
export type MemoryRoom = {
  readonly epoch: number;
  config: RoomConfig;
  counter: number;
  window: AdmissionWindow | null;
  /** The highest sequence that may have been admitted before the window opened. */
  admittedBefore: number;
  readonly line: WaitingLine;
  /** The places that were admitted at least once and have not ended. */
  readonly admitted: Map<UserId, MemoryPlace>;
  /** By sequence, the oldest end first. */
  readonly ended: Map<number, { readonly reason: EndReason; readonly at: Instant }>;
  admittedTotal: number;
  completedTotal: number;
  lastTickAt: Instant | null;
  readonly waits: Map<number, number>;
  /** How many counts of the seats have begun. */
  countsBegun: number;
  /** The number of the count that `inventory` is from. */
  countNumber: number;
  inventory: InventorySnapshot | null;
  /** The present or next time without a seat. */
  soldOut: SoldOutPeriod | null;
  /** Seats that payments have reported sold. */
  soldTotal: number;
  /** The places whose payment has been reported, by sequence, the oldest report first. */
  readonly paid: Map<number, Instant>;
  /** The highest sequence admitted. */
  watermark: number;
};

export function createRoom(epoch: number, config: RoomConfig): MemoryRoom {
  return {
    epoch,
    config,
    counter: 0,
    window: null,
    admittedBefore: 0,
    line: createWaitingLine(),
    admitted: new Map(),
    ended: new Map(),
    admittedTotal: 0,
    completedTotal: 0,
    lastTickAt: null,
    waits: new Map(),
    countsBegun: 0,
    countNumber: 0,
    inventory: null,
    soldOut: null,
    soldTotal: 0,
    paid: new Map(),
    watermark: 0,
  };
}

/** The room as the domain knows it. A room in memory is lost only with its database, so it never restores places. */
export function roomOf({ config, window, soldOut, inventory }: MemoryRoom, now: Instant): Room {
  const seatsReturned = inventory?.seatsReturned ?? null;
  return { config, window, soldOut: isSoldOut(soldOut, now), restoringUntil: null, seatsReturned };
}

export function findPlace({ line, admitted }: MemoryRoom, userId: UserId): MemoryPlace | undefined {
  return line.find(userId) ?? admitted.get(userId);
}

/** Draws a sequence and puts the new place at the end of the line. */
export function addPlace(room: MemoryRoom, userId: UserId, now: Instant): void {
  room.counter += 1;
  const sequence = sequenceOf(room.epoch, room.counter);
  room.line.append({ userId, sequence, issuedAt: now, state: WAITING });
}

/** Checks in the fan of a place whose time is not over. */
export function checkInPlace(room: MemoryRoom, place: MemoryPlace, now: Instant): CheckedIn {
  const state = checkIn(place.state, now, room.soldOut);
  if (state.kind === 'ACTIVE' && place.state.kind !== 'ACTIVE') countWait(room, now - place.issuedAt);
  place.state = state;
  return state;
}

export function endPlace(room: MemoryRoom, place: MemoryPlace, reason: EndReason, now: Instant): void {
  room.line.remove(place);
  room.admitted.delete(place.userId);
  room.ended.set(place.sequence, { reason, at: now });
  if (reason === 'COMPLETED') room.completedTotal += 1;
}

/** Why a place is over: EXPIRED for one that the room does not know. */
export function endReasonOf({ ended }: MemoryRoom, sequence: number, now: Instant): EndReason {
  const end = ended.get(sequence);
  return end !== undefined && now < end.at + ENDED_TOKEN_RETENTION_MS ? end.reason : 'EXPIRED';
}

/** By the clock alone, whether or not `expirePlaces` has run. */
export function countPlaces({ line, admitted, soldOut }: MemoryRoom, now: Instant) {
  const states = [...admitted.values()].map(({ state }) => placeAt(state, now, soldOut));
  return {
    waiting: line.length(),
    parked: states.filter(countsAsParked).length,
    active: states.filter(countsAsActive).length,
  };
}

/** The places whose time is over and that have not ended yet, at most `limit`. */
export function duePlaces(room: MemoryRoom, limit: number, now: Instant): readonly MemoryPlace[] {
  const due = [...room.admitted.values()].filter(
    ({ state }) => placeAt(state, now, room.soldOut).kind === 'ENDED',
  );
  return due.slice(0, limit);
}

/** Returns the places whose session has ended while the room was sold out. */
export function returnPlaces({ admitted, soldOut }: MemoryRoom, now: Instant): void {
  for (const place of admitted.values()) {
    const present = placeAt(place.state, now, soldOut);
    if (present.kind === 'RETURNED') place.state = present;
  }
}

/** Parks at most `limit` places whose claim window is over, and forgets old ends and reports. Returns how many it has parked. */
export function parkPlaces(room: MemoryRoom, limit: number, now: Instant): number {
  let parked = 0;
  for (const place of room.admitted.values()) {
    if (parked >= limit) break;
    const present = placeAt(place.state, now, room.soldOut);
    if (present === place.state || present.kind !== 'PARKED') continue;
    place.state = present;
    parked += 1;
  }
  for (const [sequence, { at }] of room.ended) {
    if (now < at + ENDED_TOKEN_RETENTION_MS) break;
    room.ended.delete(sequence);
  }
  for (const [sequence, at] of room.paid) {
    if (now < at + ENDED_TOKEN_RETENTION_MS) break;
    room.paid.delete(sequence);
  }
  return parked;
}

function countWait({ waits }: MemoryRoom, waitMs: number): void {
  const bucket = waitBucketOf(waitMs);
  waits.set(bucket, (waits.get(bucket) ?? 0) + 1);
}
