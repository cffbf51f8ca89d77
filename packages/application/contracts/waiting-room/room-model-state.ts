import {
  type AdmissionWindow,
  type Room,
  type RoomConfig,
  admissible,
  allowanceLeft,
  mayAdmit,
  windowAfterLeaving,
  windowAt,
} from '@frontrow/domain/waiting-room/admission.ts';
import {
  type InventorySnapshot,
  type SoldOutPeriod,
  isSoldOut,
  sellableNow,
  soldOutPeriod,
} from '@frontrow/domain/waiting-room/inventory.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import {
  type CheckedIn,
  type PlaceState,
  type Returned,
  type Waiting,
  checkIn,
  countsAsActive,
  countsAsParked,
  end,
  offer,
  placeAt,
} from '@frontrow/domain/waiting-room/place.ts';
import { type EndReason, sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';

export type ModelPlace = { readonly userId: UserId; readonly sequence: number; readonly state: PlaceState };

/** What a room has in memory, and a loss of Redis takes. */
export type ModelRoom = {
  readonly epoch: number;
  config: RoomConfig;
  counter: number;
  window: AdmissionWindow | null;
  admittedBefore: number;
  readonly places: Map<UserId, ModelPlace>;
  readonly ends: Map<number, EndReason>;
  /** What the database has, which has every end before the room. */
  readonly storedEnds: Map<number, EndReason>;
  watermark: number;
  readonly watermarkAtLoss: number;
  readonly restoringUntil: Instant | null;
  countsBegun: number;
  countNumber: number;
  inventory: InventorySnapshot | null;
  soldOut: SoldOutPeriod | null;
  soldTotal: number;
  readonly paid: Set<number>;
  admittedTotal: number;
  completedTotal: number;
  claimedTotal: number;
};

/** What the database has of a room, and a loss of Redis leaves. */
export type ModelDatabase = {
  epoch: number;
  watermark: number;
  config: RoomConfig;
  readonly ends: Map<number, EndReason>;
};

export function createModelRoom(
  { epoch, config, ends: storedEnds, watermark }: ModelDatabase,
  restoringUntil: Instant | null,
): ModelRoom {
  return {
    epoch,
    config,
    counter: 0,
    window: null,
    admittedBefore: 0,
    places: new Map(),
    ends: new Map(),
    storedEnds,
    watermark,
    watermarkAtLoss: watermark,
    restoringUntil,
    countsBegun: 0,
    countNumber: 0,
    inventory: null,
    soldOut: null,
    soldTotal: 0,
    paid: new Set(),
    admittedTotal: 0,
    completedTotal: 0,
    claimedTotal: 0,
  };
}

export function viewOf(room: ModelRoom, now: Instant): Room {
  const { config, window, restoringUntil, inventory } = room;
  const seatsReturned = inventory?.seatsReturned ?? null;
  return { config, window, soldOut: isSoldOut(room.soldOut, now), restoringUntil, seatsReturned };
}

export function countsOf({ places, soldOut }: ModelRoom, now: Instant) {
  const states = [...places.values()].map(({ state }) => placeAt(state, now, soldOut));
  return {
    waiting: states.filter(({ kind }) => kind === 'WAITING').length,
    parked: states.filter(countsAsParked).length,
    active: states.filter(countsAsActive).length,
  };
}

/** The next moment at which time alone changes a place or sells the room out. Null where there is none. */
export function nextDeadlineOf({ places, soldOut }: ModelRoom, now: Instant): Instant | null {
  const deadlines = [...places.values()].flatMap(({ state }) => deadlinesOf(state));
  if (soldOut !== null) deadlines.push(soldOut.from, soldOut.until);
  const ahead = deadlines.filter((deadline) => deadline > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function deadlinesOf(state: PlaceState): Instant[] {
  if (state.kind === 'OFFERED') return [state.claimBy, state.parkedUntil];
  if (state.kind === 'PARKED') return [state.parkedUntil];
  return state.kind === 'ACTIVE' ? [state.sessionExpiresAt] : [];
}

/** How many places wait up to this sequence. */
export function positionOf({ places }: ModelRoom, sequence: number): number {
  const line = [...places.values()].filter(({ state }) => state.kind === 'WAITING');
  return line.filter((place) => place.sequence <= sequence).length;
}

/** Replaces the state of a place. An end removes it, and the first reason stays in the database. */
export function writeState(room: ModelRoom, place: ModelPlace, state: PlaceState): void {
  if (state.kind !== 'ENDED') return void room.places.set(place.userId, { ...place, state });
  storeEnd(room, place.sequence, state.reason);
  room.places.delete(place.userId);
  room.ends.set(place.sequence, state.reason);
}

export function storeEnd(
  { storedEnds }: Pick<ModelRoom, 'storedEnds'>,
  sequence: number,
  reason: EndReason,
): void {
  if (!storedEnds.has(sequence)) storedEnds.set(sequence, reason);
}

export function endPlace(room: ModelRoom, place: ModelPlace, reason: EndReason, now: Instant): void {
  if (reason === 'LEFT' && countsAsActive(placeAt(place.state, now, room.soldOut))) {
    const { window, admittedBefore } = room;
    room.window = windowAfterLeaving(window, room.config.admission, place.sequence, admittedBefore, now);
  }
  writeState(room, place, end(place.state, reason));
  if (reason === 'COMPLETED') room.completedTotal += 1;
}

/** Null for a user without a place, or whose place has ended. */
export function checkInUser(room: ModelRoom, userId: UserId, now: Instant): CheckedIn | null {
  const place = room.places.get(userId);
  if (place === undefined) return null;
  const state = checkIn(place.state, now, room.soldOut);
  if (state.kind === 'ACTIVE' && place.state.kind === 'OFFERED') room.claimedTotal += 1;
  writeState(room, place, state);
  return state.kind === 'ENDED' ? null : state;
}

/** Writes what time alone has done. */
export function expirePlaces(room: ModelRoom, now: Instant): { parked: number; expired: number } {
  let [parked, expired] = [0, 0];
  for (const place of room.places.values()) {
    const state = placeAt(place.state, now, room.soldOut);
    if (state.kind === 'ENDED') expired += 1;
    else if (state.kind === 'PARKED' && place.state.kind === 'OFFERED') parked += 1;
    writeState(room, place, state);
  }
  return { parked, expired };
}

/** Writes the returns of places whose session has ended while the room was sold out. */
function returnPlaces(room: ModelRoom, now: Instant): void {
  for (const place of room.places.values()) {
    const state = placeAt(place.state, now, room.soldOut);
    if (state.kind === 'RETURNED') writeState(room, place, state);
  }
}

/** Admits the places with the lowest sequences, as many as the window allows. */
export function admitPlaces(room: ModelRoom, now: Instant): number {
  returnPlaces(room, now);
  const count = admissibleNow(room, now);
  const candidates = [...room.places.values()].filter(mayBeOffered);
  const admitted = candidates.toSorted((a, b) => a.sequence - b.sequence).slice(0, count);
  if (admitted.length === 0) return 0;
  const { admission } = room.config;
  const window = windowAt(room.window, admission, now);
  if (window !== room.window) room.admittedBefore = Math.max(room.watermark, sequenceOf(room.epoch, 1) - 1);
  room.window = { ...window, used: window.used + admitted.length };
  for (const place of admitted) {
    writeState(room, place, offer(place.state, admission, now));
    room.watermark = Math.max(room.watermark, place.sequence);
  }
  room.admittedTotal += admitted.length;
  return admitted.length;
}

function admissibleNow(room: ModelRoom, now: Instant): number {
  const { inventory, soldTotal } = room;
  if (!mayAdmit(viewOf(room, now), inventory, soldTotal, now)) return 0;
  const { admission } = room.config;
  const left = allowanceLeft(windowAt(room.window, admission, now), admission, now);
  const current = inventory && { ...inventory, sellable: sellableNow(inventory, soldTotal) };
  return admissible(left, admission, countsOf(room, now).active, current, now);
}

/** The seats that a payment has sold, once per place. */
export function reportSold(room: ModelRoom, sequence: number, seats: number, now: Instant): void {
  if (seats === 0 || room.paid.has(sequence)) return;
  room.paid.add(sequence);
  room.soldTotal += seats;
  updateSoldOut(room, now);
}

export function updateSoldOut(room: ModelRoom, now: Instant): void {
  returnPlaces(room, now);
  room.soldOut = soldOutPeriod(room.inventory, room.soldTotal, now);
}

function mayBeOffered(place: ModelPlace): place is ModelPlace & { readonly state: Waiting | Returned } {
  return place.state.kind === 'WAITING' || place.state.kind === 'RETURNED';
}
