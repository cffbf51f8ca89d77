import {
  type AccessibleSeatsOnly,
  type CompanionSeatsExceeded,
  areAccessibleSeatsReleased,
  mayChooseAccessible,
} from '../halls/accessible-seats.ts';
import type { NoMatchingSeats, SeatChooser } from '../halls/best-available.ts';
import { type NumberedSeats, hasFlag } from '../halls/numbered-seats.ts';
import type { OrphanSeats } from '../halls/orphan-seats.ts';
import { findRequested } from '../halls/requested-best.ts';
import type { BestAvailable, ChoiceRules } from '../halls/seat-search.ts';
import type { ValidationFailed } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import type { HoldPolicy } from './hold-policy.ts';
import { type EventOnSale, type PermittedHold, type RequestedSeats, needsAccessible } from './hold-rules.ts';
import { inLockOrder } from './seat.ts';

/** What a permitted hold wants of a hall: seats by their numbers, or the best available ones. */
export type WantedInHall =
  | { readonly seatNumbers: readonly number[]; readonly best?: undefined }
  | { readonly best: BestAvailable; readonly seatNumbers?: undefined };

/** Whether a permitted hold depends on the layout: others need neither the hall nor a reading of its seats. */
export function dependsOnHall({ event, hold, seatNumbers }: PermittedHold): boolean {
  return event.layoutVersion > 0 || needsReading({ hold, seatNumbers });
}

/** Whether a permitted hold depends on all seats of the date that are not free. */
export function needsReading({ hold, seatNumbers }: Pick<PermittedHold, 'hold' | 'seatNumbers'>): boolean {
  return seatNumbers === null || hold.orphans === 'refuse';
}

/** Decides on a permitted hold by the layout alone. */
export function permitInHall(
  request: RequestedSeats,
  { event: { accessibleReleaseAt }, hold: { companionSeatsMax }, asOf: now }: EventOnSale,
  seats: NumberedSeats,
): Result<WantedInHall, ValidationFailed | AccessibleSeatsOnly | CompanionSeatsExceeded> {
  if (request.bestAvailable !== undefined) {
    const found = findRequested(seats, request.bestAvailable);
    return found.ok ? ok({ best: found.value }) : found;
  }
  const sale = { accessible: needsAccessible(request), accessibleReleaseAt, now, companionSeatsMax };
  const chosen = mayChooseAccessible(seats, inLockOrder(request.seatNumbers), sale);
  return chosen.ok ? ok({ seatNumbers: chosen.value }) : chosen;
}

export function choiceRules(
  { event, hold: { companionSeatsMax }, asOf }: EventOnSale,
  { categories }: Pick<NumberedSeats, 'categories'>,
): ChoiceRules {
  return {
    accessibleReleased: areAccessibleSeatsReleased(event.accessibleReleaseAt, asOf),
    companionSeatsMax,
    prices: categories.map(({ price }) => price),
  };
}

/**
 * Chooses the seats of a hold, and takes them from the later requests of the same chooser. Named seats that are not free
 * are returned as they are: only the write can refuse them.
 */
export function chooseInHall(
  chooser: SeatChooser,
  { seatNumbers, best }: WantedInHall,
  { orphans }: Pick<HoldPolicy, 'orphans'>,
): Result<readonly number[], NoMatchingSeats | OrphanSeats> {
  if (best !== undefined) {
    const chosen = chooser.choose(best);
    return chosen === null ? refuse(chooser.describeRest(best)) : ok(chosen);
  }
  if (!chooser.areFree(seatNumbers)) return ok(seatNumbers);
  const allowed = orphans === 'refuse' ? chooser.refuseOrphans(seatNumbers) : ok(seatNumbers);
  if (allowed.ok) chooser.take(seatNumbers);
  return allowed;
}

/** How long a hold of the seats lasts, in ms. */
export function holdTtlMs(
  request: RequestedSeats,
  { ttlMs, accessibleHoldTtlMs }: HoldPolicy,
  { seats, seatNumbers }: { readonly seats: NumberedSeats; readonly seatNumbers: readonly number[] },
): number {
  const isAccessible =
    needsAccessible(request) && seatNumbers.some((number) => hasFlag(seats, number, 'accessible'));
  return isAccessible && accessibleHoldTtlMs !== null ? accessibleHoldTtlMs : ttlMs;
}
