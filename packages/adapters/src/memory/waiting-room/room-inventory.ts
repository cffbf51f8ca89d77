import type { Inventory } from '@frontrow/application/ports/waiting-room/inventory.ts';
import type { CountStart } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { soldOutPeriod } from '@frontrow/domain/waiting-room/inventory.ts';
import { placeAt } from '@frontrow/domain/waiting-room/place.ts';
import { sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type MemoryRoom, returnPlaces } from './room.ts';

export function beginCount(room: MemoryRoom, now: Instant): CountStart {
  room.countsBegun += 1;
  return { number: sequenceOf(room.epoch, room.countsBegun), countedAt: now, soldBefore: room.soldTotal };
}

/** Replaces the inventory snapshot by that of a later count. Holders without a session on the same place do not count. */
export function replaceInventory(
  room: MemoryRoom,
  { number, countedAt, soldBefore }: CountStart,
  { sellable, dates, holders, seatsReturned }: Inventory,
  now: Instant,
): void {
  if (number <= room.countNumber) return;
  const active = holders.filter(({ userId, sequence }) => {
    const place = room.admitted.get(userId);
    return place?.sequence === sequence && placeAt(place.state, now, room.soldOut).kind === 'ACTIVE';
  });
  room.countNumber = number;
  room.inventory = { sellable, dates, holders: active.length, countedAt, soldBefore, seatsReturned };
  updateSoldOut(room, now);
}

/** Counts the seats that a payment has sold, once per place. */
export function reportSold(room: MemoryRoom, sequence: number, seats: number, now: Instant): void {
  if (seats === 0 || room.paid.has(sequence)) return;
  room.paid.set(sequence, now);
  room.soldTotal += seats;
  updateSoldOut(room, now);
}

function updateSoldOut(room: MemoryRoom, now: Instant): void {
  returnPlaces(room, now);
  room.soldOut = soldOutPeriod(room.inventory, room.soldTotal, now);
}
