import { limitHold, refuseSecondHold } from '@frontrow/domain/booking/hold-rules.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventNotBookable, QueueTokenNotActive } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import type { HeldSeats, HoldRequest as HoldClaim, SeatClaim } from '../ports/booking/seats.ts';
import type { LockMode } from '../ports/shared/lock-mode.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';
import { chooseSeats } from './choose-seats.ts';
import type { HoldDecision, PermittedRequest } from './hold-request.ts';

type Chosen = { readonly permitted: PermittedRequest; readonly claim: HoldClaim };
type Decisions = Map<PermittedRequest, HoldDecision>;

/** How often a transaction chooses the best seats of a request. */
const ROUNDS_MAX = 3;

/**
 * Chooses and holds the seats of each request or none of them. In the mode SKIP, seats that another transaction has locked
 * or taken since the reading are chosen again against a new reading; null for a request that still has none. In the mode WAIT,
 * such a request is refused with SEAT_UNAVAILABLE.
 */
export async function holdChosen(
  unit: UnitOfWork,
  permitted: readonly PermittedRequest[],
  mode: LockMode,
): Promise<ReadonlyMap<PermittedRequest, HoldDecision>> {
  const decisions: Decisions = new Map();
  const locked = new Set<number>();
  let open = permitted;
  for (let round = 1; round <= ROUNDS_MAX && open.length > 0; round += 1) {
    const choices = await chooseSeats(unit, open, locked);
    const chosen = open.flatMap((each, index) => {
      const choice = choices[index]!;
      return choice.ok ? [{ permitted: each, claim: choice.value }] : [];
    });
    const held = await holdSeats(unit, chosen, mode);
    // A refusal by the reading rests on the holds of earlier requests as well.
    const isCertain = mode === 'WAIT' || (locked.size === 0 && chosen.every((each) => isHeld(held, each)));
    for (const { permitted: each, claim } of chosen)
      if (held.get(each) === null) for (const number of claim.seatNumbers) locked.add(number);
    for (const [index, each] of open.entries()) {
      const choice = choices[index]!;
      decisions.set(each, choice.ok ? (held.get(each) ?? null) : isCertain ? choice : null);
    }
    open = mode === 'WAIT' ? [] : open.filter((each) => isLost(each, decisions.get(each) ?? null));
  }
  for (const each of open) decisions.set(each, null);
  return decisions;
}

function isHeld(held: Decisions, { permitted }: Chosen): boolean {
  return held.get(permitted)?.ok === true;
}

/** Whether a request for the best available seats has lost those that were chosen for it. */
function isLost({ request }: PermittedRequest, decision: HoldDecision): boolean {
  if (request.bestAvailable === undefined) return false;
  return decision === null || (!decision.ok && decision.refusal.code === 'SEAT_UNAVAILABLE');
}

/** Holds the seats of each request or none of them. */
async function holdSeats(
  { seats, reservations }: UnitOfWork,
  chosen: readonly Chosen[],
  mode: LockMode,
): Promise<Decisions> {
  const decisions: Decisions = new Map();
  if (chosen.length === 0) return decisions;
  const { event } = chosen[0]!.permitted.permit;
  const outcomes = await seats.hold(
    chosen.map(({ claim }) => claim),
    mode,
  );
  const shortened: SeatClaim[] = [];
  for (const [index, { permitted, claim }] of chosen.entries()) {
    const { request } = permitted;
    const held = outcomes[index] ?? null;
    if (held === null) decisions.set(permitted, null);
    else if (!held.ok) {
      // Another request of the same user may have held the seats since the context was read.
      const isNamed = request.bestAvailable === undefined;
      const liveHold = isNamed ? await reservations.findLiveHold(event.concertId, request.userId) : null;
      const single = refuseSecondHold(liveHold);
      decisions.set(permitted, single.ok ? held : single);
    } else {
      const reservation = reservationOf(permitted, claim, held.value);
      if (!reservation.ok) await seats.release(claim);
      else if (reservation.value.holdExpiresAt < held.value.holdExpiresAt) shortened.push(claim);
      decisions.set(permitted, reservation);
    }
  }
  // A hold is only shortened to the start of its date.
  if (shortened.length > 0) await seats.extend(shortened, event.startsAt);
  return decisions;
}

function reservationOf(
  { request, permit: { event } }: PermittedRequest,
  { reservationId, seatNumbers }: HoldClaim,
  held: HeldSeats,
): Result<HeldReservation, QueueTokenNotActive | EventNotBookable> {
  const limited = limitHold(request, event, held);
  if (!limited.ok) return limited;
  return ok({
    status: 'HELD',
    id: reservationId,
    userId: request.userId,
    concertId: event.concertId,
    eventId: event.id,
    seatNumbers,
    totalAmount: held.totalAmount,
    sequence: request.ticket.sequence,
    createdAt: held.heldAt,
    holdExpiresAt: limited.value,
    extensions: 0,
  });
}
