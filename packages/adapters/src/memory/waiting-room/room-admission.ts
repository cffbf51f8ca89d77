import type { Inventory } from '@frontrow/application/ports/waiting-room/inventory.ts';
import {
  admissible,
  allowanceLeft,
  correctedWindow,
  isRestoring,
  roomState,
  windowAfterLeaving,
  windowAt,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type Returned, countsAsActive, offer, placeAt } from '@frontrow/domain/waiting-room/place.ts';
import type { MemoryPlace } from './place.ts';
import { type MemoryRoom, countPlaces, roomOf } from './room.ts';

type ReturnedPlace = MemoryPlace & { readonly state: Returned };

/** Admits what the present window allows: the returned places first, then the line. Answers how many. */
export function admitNext(room: MemoryRoom, now: Instant): number {
  const { admission } = room.config;
  room.window = correctedWindow(room.window, now);
  const count = admissibleNow(room, now);
  const returned = [...room.admitted.values()]
    .filter((place): place is ReturnedPlace => place.state.kind === 'RETURNED')
    .toSorted((a, b) => a.sequence - b.sequence)
    .slice(0, count);
  const next = [...returned, ...room.line.takeFirst(count - returned.length)];
  if (next.length === 0) return 0;
  for (const place of next)
    room.admitted.set(place.userId, { ...place, state: offer(place.state, admission, now) });
  const window = windowAt(room.window, admission, now);
  if (window !== room.window) room.admittedBefore = room.watermark;
  room.window = { ...window, used: window.used + next.length };
  room.admittedTotal += next.length;
  room.watermark = Math.max(room.watermark, next.at(-1)?.sequence ?? 0);
  return next.length;
}

/** Takes back the admission of a place whose fan leaves its slot. */
export function giveUpSlot(room: MemoryRoom, { sequence, state }: MemoryPlace, now: Instant): void {
  if (!countsAsActive(placeAt(state, now))) return;
  const { window, admittedBefore } = room;
  room.window = windowAfterLeaving(window, room.config.admission, sequence, admittedBefore, now);
}

/** Nobody waits and nobody is parked, so a new place overtakes no other. */
export function mayAdmitAtOnce(room: MemoryRoom, now: Instant): boolean {
  const { waiting, parked } = countPlaces(room, now);
  return waiting === 0 && parked === 0;
}

function admissibleNow(room: MemoryRoom, now: Instant): number {
  const view = roomOf(room);
  if (roomState(view, now) !== 'OPEN' || isRestoring(view, now)) return 0;
  const { admission } = room.config;
  const left = allowanceLeft(windowAt(room.window, admission, now), admission, now);
  return admissible(left, admission, countPlaces(room, now).active, room.inventory, now);
}

/** Replaces the inventory snapshot. Holders without a session on the same place do not count. */
export function replaceInventory(
  room: MemoryRoom,
  { sellable, isSoldOut, holders }: Inventory,
  now: Instant,
): void {
  const active = holders.filter(({ userId, sequence }) => {
    const place = room.admitted.get(userId);
    return place?.sequence === sequence && placeAt(place.state, now).kind === 'ACTIVE';
  });
  room.soldOut = isSoldOut;
  room.inventory = { sellable, holders: active.length, countedAt: now };
}
