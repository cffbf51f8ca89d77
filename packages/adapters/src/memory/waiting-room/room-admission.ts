import type { Inventory } from '@frontrow/application/ports/waiting-room/inventory.ts';
import {
  admissible,
  allowanceLeft,
  isRestoring,
  roomState,
  windowAt,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type MemoryRoom, countInside, viewOf } from './room.ts';
import { offer, stayAt } from './stay.ts';

/** Admits the next in order, as far as the present window allows: the returned, then the line. Answers how many. */
export function admitNext(room: MemoryRoom, now: Instant): number {
  const { admission } = room.config;
  const count = admissibleNow(room, now);
  const returned = [...room.inside.values()]
    .filter(({ stay }) => stay.kind === 'RETURNED')
    .toSorted((a, b) => a.sequence - b.sequence)
    .slice(0, count);
  const next = [...returned, ...room.line.takeFirst(count - returned.length)];
  if (next.length === 0) return 0;
  for (const spot of next) {
    spot.stay = offer(admission, now);
    room.inside.set(spot.userId, spot);
  }
  const { openedAt, used } = windowAt(room.window, admission, now);
  room.window = { openedAt, used: used + next.length };
  room.admittedTotal += next.length;
  room.watermark = Math.max(room.watermark, next.at(-1)?.sequence ?? 0);
  return next.length;
}

/** Nobody waits, is parked or has come back, so that a newcomer overtakes nobody. */
export function isLineEmpty(room: MemoryRoom, now: Instant): boolean {
  if (room.line.length() > 0) return false;
  const { parked, returned } = countInside(room, now);
  return parked === 0 && returned === 0;
}

function admissibleNow(room: MemoryRoom, now: Instant): number {
  const view = viewOf(room);
  if (roomState(view, now) !== 'OPEN' || isRestoring(view, now)) return 0;
  const { admission } = room.config;
  const left = allowanceLeft(windowAt(room.window, admission, now), admission, now);
  return admissible(left, admission, countInside(room, now).active, room.stock, now);
}

/** Takes over what there is to be had. Holders who are no longer inside with that token take up no slot. */
export function replaceInventory(
  room: MemoryRoom,
  { sellable, isSoldOut, holders }: Inventory,
  now: Instant,
): void {
  const active = holders.filter(({ userId, sequence }) => {
    const spot = room.inside.get(userId);
    return spot?.sequence === sequence && stayAt(spot.stay, now)?.kind === 'ACTIVE';
  });
  room.soldOut = isSoldOut;
  room.stock = { sellable, holders: active.length, countedAt: now };
}
