import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { CheckedIn } from '@frontrow/domain/waiting-room/place.ts';
import type { MemoryPlace } from './place.ts';
import { admitNext, mayAdmitAtOnce } from './room-admission.ts';
import { type MemoryRoom, addPlace, checkInPlace, findPlace } from './room.ts';

export type Present = { readonly place: MemoryPlace; readonly state: CheckedIn };

/** Checks in the fan of a user's place. Null for a user without a place. */
export function checkInUser(room: MemoryRoom, userId: UserId, now: Instant): Present | null {
  const place = findPlace(room, userId);
  return place === undefined ? null : { place, state: checkInPlace(room, place, now) };
}

/** A new place at the end of the line, admitted at once where that overtakes nobody and the window allows it. */
export function joinLine(room: MemoryRoom, userId: UserId, now: Instant): Present {
  const isNext = mayAdmitAtOnce(room, now);
  addPlace(room, userId, now);
  if (isNext) admitNext(room, now);
  const joined = checkInUser(room, userId, now);
  invariant(joined !== null, 'a new place has not ended');
  return joined;
}
