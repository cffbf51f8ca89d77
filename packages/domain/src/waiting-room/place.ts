import type { Instant } from '../shared/instant.ts';
import { unreachable } from '../shared/invariant.ts';
import type { AdmissionPolicy } from './admission.ts';
import { type SoldOutPeriod, isSoldOut } from './inventory.ts';
import type { EndReason, QueueToken, TokenFacts } from './queue-token.ts';

/**
 * The states of a place, and what moves it from one to the next.
 *
 *   WAITING   The place is in the waiting line and has not been admitted yet.
 *   OFFERED   The place is admitted. A slot is reserved for its fan until `claimBy`.
 *   ACTIVE    The fan has checked in and claimed the slot. The session lasts until `sessionExpiresAt`.
 *   PARKED    The fan did not check in before `claimBy`, and the slot is free for the next. Until `parkedUntil` the fan
 *             may return and is then admitted before the waiting line.
 *   RETURNED  The fan of a parked place has checked in, or the place has lost its slot to a sold-out room. It waits for its
 *             next admission.
 *   ENDED     The place is over, for one reason: COMPLETED, LEFT or EXPIRED.
 *
 *   state     offer      check-in   time                                      end      Redis lost, then check-in
 *   WAITING   OFFERED    WAITING    -                                         ENDED    WAITING, later RETURNED or ENDED
 *   OFFERED   -          ACTIVE *   at `claimBy` PARKED                       ENDED    WAITING or RETURNED
 *   ACTIVE    -          ACTIVE     at `sessionExpiresAt` ENDED (EXPIRED) *   ENDED    ACTIVE until the same moment
 *   PARKED    -          RETURNED   at `parkedUntil` ENDED (EXPIRED)          ENDED    WAITING or RETURNED
 *   RETURNED  OFFERED    RETURNED   -                                         ENDED    WAITING or RETURNED
 *   ENDED     -          ENDED      -                                         ENDED    ENDED
 *
 * (*) While the room is sold out, the place is RETURNED instead: no session begins in a sold-out room, and the end of a
 * session does not end its place. When a seat becomes available, the fan is admitted before everyone behind.
 *
 * An offer fixes `claimBy`, `parkedUntil` and the length of the session: a later change of the policy alters nothing
 * that a place was granted. A moment belongs to the state that begins with it.
 *
 * The database has each end before the room does. The last column is what a check-in restores after a loss of Redis
 * (`restore.ts`). A ticket names no state but ACTIVE, so a place without a session is WAITING again while the room is
 * restoring, unless it or a later place is known to have been admitted, and RETURNED if it is. After the grace a place
 * that was not admitted is RETURNED until `parkRetentionMs` has passed; every other one without a session is EXPIRED.
 */
export type PlaceState = Waiting | Offered | Active | Parked | Returned | Ended;

export type Waiting = { readonly kind: 'WAITING' };
export type Offered = {
  readonly kind: 'OFFERED';
  readonly claimBy: Instant;
  readonly parkedUntil: Instant;
  readonly sessionTtlMs: number;
};
export type Active = { readonly kind: 'ACTIVE'; readonly sessionExpiresAt: Instant };
export type Parked = { readonly kind: 'PARKED'; readonly parkedUntil: Instant };
export type Returned = { readonly kind: 'RETURNED' };
export type Ended = { readonly kind: 'ENDED'; readonly reason: EndReason };

/** The states that a check-in leaves as they are, until time changes them. */
export type CheckedIn = Waiting | Active | Returned | Ended;

export const WAITING: Waiting = { kind: 'WAITING' };
const RETURNED: Returned = { kind: 'RETURNED' };
const EXPIRED: Ended = { kind: 'ENDED', reason: 'EXPIRED' };

/** Admits a place: reserves a slot until the end of the claim window. */
export function offer(
  _place: Waiting | Returned,
  { claimTtlMs, parkRetentionMs, sessionTtlMs }: AdmissionPolicy,
  now: Instant,
): Offered {
  const claimBy = now + claimTtlMs;
  return { kind: 'OFFERED', claimBy, parkedUntil: claimBy + parkRetentionMs, sessionTtlMs };
}

/** What time alone has made of the place by `now`. `soldOut` is the room's present or next time without a seat. */
export function placeAt(place: PlaceState, now: Instant, soldOut: SoldOutPeriod | null): PlaceState {
  switch (place.kind) {
    case 'OFFERED':
      if (now < place.claimBy) return place;
      return placeAt({ kind: 'PARKED', parkedUntil: place.parkedUntil }, now, soldOut);
    case 'ACTIVE':
      if (now < place.sessionExpiresAt) return place;
      return isSoldOut(soldOut, place.sessionExpiresAt) ? RETURNED : EXPIRED;
    case 'PARKED':
      return now < place.parkedUntil ? place : EXPIRED;
    case 'WAITING':
    case 'RETURNED':
    case 'ENDED':
      return place;
    default:
      return unreachable(place);
  }
}

/** The fan polls, opens a stream or sends a guarded request. */
export function checkIn(place: PlaceState, now: Instant, soldOut: SoldOutPeriod | null): CheckedIn {
  const present = placeAt(place, now, soldOut);
  switch (present.kind) {
    case 'OFFERED':
      if (isSoldOut(soldOut, now)) return RETURNED;
      return { kind: 'ACTIVE', sessionExpiresAt: now + present.sessionTtlMs };
    case 'PARKED':
      return RETURNED;
    case 'WAITING':
    case 'ACTIVE':
    case 'RETURNED':
    case 'ENDED':
      return present;
    default:
      return unreachable(present);
  }
}

/** Payment, leaving or an organiser ends the place. The first reason stays. */
export function end(place: PlaceState, reason: EndReason): Ended {
  return place.kind === 'ENDED' ? place : { kind: 'ENDED', reason };
}

/** An offered place counts as active: it occupies a slot. */
export function countsAsActive({ kind }: PlaceState): boolean {
  return kind === 'OFFERED' || kind === 'ACTIVE';
}

/** A returned place counts as parked until its next admission. */
export function countsAsParked({ kind }: PlaceState): boolean {
  return kind === 'PARKED' || kind === 'RETURNED';
}

/** A check-in would change nothing, so a read can answer. */
export function isCheckedIn(place: PlaceState): place is CheckedIn {
  return place.kind !== 'OFFERED' && place.kind !== 'PARKED';
}

/** `position` is 1 for the next place in the waiting line; it counts for a WAITING place only. */
export function tokenOf(
  { concertId, userId, sequence, issuedAt }: TokenFacts,
  place: CheckedIn,
  position: number | null,
): QueueToken {
  const facts = { concertId, userId, sequence, issuedAt };
  switch (place.kind) {
    case 'WAITING':
      return { ...facts, status: 'WAITING', position, parked: false };
    case 'RETURNED':
      return { ...facts, status: 'WAITING', position: 0, parked: true };
    case 'ACTIVE':
      return { ...facts, status: 'ACTIVE', sessionExpiresAt: place.sessionExpiresAt };
    case 'ENDED':
      return { ...facts, status: place.reason };
    default:
      return unreachable(place);
  }
}
