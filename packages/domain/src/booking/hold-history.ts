import type { Instant } from '../shared/instant.ts';
import type { HoldsCoolingDown, QueueTokenNotActive, SeatLimitExceeded } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import type { EndReason } from '../waiting-room/queue-token.ts';
import type { HoldPolicy } from './hold-policy.ts';

/** A hold that ended without a payment: released or lapsed. */
export type UnpaidHold = { readonly createdAt: Instant; readonly extensions: number };

/** A user's earlier reservations in a concert, as far as they limit the next hold. */
export type HoldHistory = {
  /** How the place of the hold has ended; null while it has not. */
  readonly placeEnd: EndReason | null;
  /** The number of seats of the confirmed reservations, complimentary ones aside. */
  readonly seatsBought: number;
  /** Those that began within `coolDownMs`, in any order. */
  readonly unpaidHolds: readonly UnpaidHold[];
};

/**
 * Decides on a hold that is already added. The history must be read after that, when it shows every other reservation and
 * payment of the user in the concert.
 */
export function limitByHistory(
  { count, createdAt }: { readonly count: number; readonly createdAt: Instant },
  { placeEnd, seatsBought, unpaidHolds }: HoldHistory,
  { seatsPerUserMax, unpaidHoldsMax, coolDownMs }: HoldPolicy,
): Result<undefined, QueueTokenNotActive | SeatLimitExceeded | HoldsCoolingDown> {
  if (placeEnd !== null) return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: placeEnd });
  if (seatsPerUserMax !== null && seatsBought + count > seatsPerUserMax)
    return refuse({ code: 'SEAT_LIMIT_EXCEEDED', seatsPerUserMax, seatsBought });
  if (unpaidHoldsMax === null || unpaidHolds.length < unpaidHoldsMax) return ok(undefined);
  // The next hold may begin when one fewer than `unpaidHoldsMax` is within `coolDownMs`.
  const starts = unpaidHolds.map((hold) => hold.createdAt).toSorted((a, b) => b - a);
  const coolsDownAt = starts[unpaidHoldsMax - 1]! + coolDownMs;
  return refuse({ code: 'HOLDS_COOLING_DOWN', coolsDownAt, retryAfterMs: coolsDownAt - createdAt });
}

/** How many extensions a hold counts: its own and those of the unpaid holds before it, so that a release renews none. */
export function countExtensions(extensions: number, { unpaidHolds }: HoldHistory): number {
  return unpaidHolds.reduce((sum, hold) => sum + hold.extensions, extensions);
}
