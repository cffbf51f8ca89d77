import {
  admissible,
  allowanceLeft,
  correctedWindow,
  mayAdmit,
  windowAfterLeaving,
  windowAt,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { sellableNow } from '@frontrow/domain/waiting-room/inventory.ts';
import { type Returned, countsAsActive, offer, placeAt } from '@frontrow/domain/waiting-room/place.ts';
import type { MemoryPlace } from './place.ts';
import { type MemoryRoom, countPlaces, returnPlaces, roomOf } from './room.ts';

type ReturnedPlace = MemoryPlace & { readonly state: Returned };

/** Admits what the present window allows: the returned places first, then the line. Returns how many. */
export function admitNext(room: MemoryRoom, now: Instant): number {
  const { admission } = room.config;
  room.window = correctedWindow(room.window, now);
  returnPlaces(room, now);
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

/** Gives the admission of a place whose fan leaves its slot back to the present window, if it was made there. */
export function giveBackAllowance(room: MemoryRoom, { sequence, state }: MemoryPlace, now: Instant): void {
  if (!countsAsActive(placeAt(state, now, room.soldOut))) return;
  const { window, admittedBefore } = room;
  room.window = windowAfterLeaving(window, room.config.admission, sequence, admittedBefore, now);
}

/** Nobody waits and nobody is parked, so a new place overtakes no other. */
export function mayAdmitAtOnce(room: MemoryRoom, now: Instant): boolean {
  const { waiting, parked } = countPlaces(room, now);
  return waiting === 0 && parked === 0;
}

function admissibleNow(room: MemoryRoom, now: Instant): number {
  const { inventory, soldTotal, window } = room;
  if (!mayAdmit(roomOf(room, now), inventory, soldTotal, now)) return 0;
  const { admission } = room.config;
  const left = allowanceLeft(windowAt(window, admission, now), admission, now);
  const current = inventory && { ...inventory, sellable: sellableNow(inventory, soldTotal) };
  return admissible(left, admission, countPlaces(room, now).active, current, now);
}
