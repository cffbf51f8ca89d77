import { limitByHistory } from '@frontrow/domain/booking/hold-history.ts';
import {
  type PermittedHold,
  type RequestedHold,
  limitHold,
  permitHold,
  refuseSecondHold,
} from '@frontrow/domain/booking/hold-rules.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type {
  EventNotBookable,
  HoldLimitExceeded,
  HoldsCoolingDown,
  NotFound,
  QueueTokenInvalid,
  QueueTokenNotActive,
  EventCancelled,
  SalesStopped,
  SeatLimitExceeded,
  SeatUnavailable,
  TooManySeats,
  ValidationFailed,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { reservationHeld } from '@frontrow/domain/webhooks/message.ts';
import { webhookMessages } from '../webhooks/webhook-messages.ts';
import type { HeldSeats, SeatClaim } from '../ports/booking/seats.ts';
import type { Ports } from '../ports/ports.ts';
import type { LockMode } from '../ports/shared/lock-mode.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';
import type { Decision } from '../shared/answer-together.ts';

export type HoldRequest = RequestedHold & { readonly userId: UserId; readonly eventId: EventId };
export type HoldRefusal =
  | NotFound
  | QueueTokenInvalid
  | QueueTokenNotActive
  | EventNotBookable
  | SalesStopped
  | EventCancelled
  | TooManySeats
  | ValidationFailed
  | SeatUnavailable
  | HoldLimitExceeded
  | SeatLimitExceeded
  | HoldsCoolingDown;
type HoldDecision = Decision<HeldReservation, HoldRefusal>;

type PermittedRequest = {
  readonly request: HoldRequest;
  readonly permit: PermittedHold;
  readonly claim: SeatClaim;
};

/**
 * Reads, decides and writes holds of one date, no two of them for the same seat or user. Null for a request that must run
 * alone: a list of one has no null in the mode WAIT.
 */
export async function decideHolds(
  unit: UnitOfWork,
  requests: readonly HoldRequest[],
  { mode, ids }: { readonly mode: LockMode; readonly ids: Ports['ids'] },
): Promise<readonly HoldDecision[]> {
  const { eventId } = requests[0]!;
  const users = requests.map(({ userId }) => userId);
  const { onSale, liveHolds, lapsedHolds } = await unit.seats.findHoldContext(eventId, users);
  const decisions = new Map<HoldRequest, HoldDecision>();
  const permitted: PermittedRequest[] = [];
  for (const request of requests) {
    const permit = permitHold(request, { onSale, liveHold: liveHolds.get(request.userId) ?? null });
    if (!permit.ok) decisions.set(request, permit);
    else {
      const claim = { eventId, seatNumbers: permit.value.seatNumbers, reservationId: ids.next() };
      permitted.push({ request, permit: permit.value, claim });
    }
  }
  const holdable = permitted.length > 1 ? await withoutLimited(unit, permitted) : permitted;
  for (const [request, decision] of await holdSeats(unit, holdable, mode)) decisions.set(request, decision);

  const held = [...decisions.values()].flatMap((decision) => (decision?.ok === true ? decision.value : []));
  const lapsed = held.flatMap(({ userId }) => lapsedHolds.get(userId) ?? []);
  const refusal = held.length === 0 ? null : await addReservations(unit, held, lapsed, permitted[0]!.permit);
  // In a group, the refusal may be another request's.
  if (refusal !== null) return requests.map(() => (requests.length === 1 ? refuse(refusal) : null));
  await unit.outbox.append(webhookMessages({ ids }, held.map(reservationHeld)));
  return requests.map((request) => decisions.get(request) ?? null);
}

/** Leaves out the requests that the histories of their users refuse: a refusal after the writes would fail the group. */
async function withoutLimited(
  { reservations }: UnitOfWork,
  permitted: readonly PermittedRequest[],
): Promise<readonly PermittedRequest[]> {
  const { event, hold, asOf } = permitted[0]!.permit;
  const asked = permitted.map(({ request: { userId, ticket }, claim }) => ({
    id: claim.reservationId,
    userId,
    concertId: event.concertId,
    sequence: ticket.sequence,
  }));
  const histories = await reservations.findHistories(asked, asOf - hold.coolDownMs);
  return permitted.filter(({ request: { userId }, permit }) => {
    const limited = limitByHistory({ ...permit, createdAt: asOf }, histories.get(userId)!, hold);
    return limited.ok;
  });
}

/** Holds the seats of each request or none of them. */
async function holdSeats(
  { seats, reservations }: UnitOfWork,
  permitted: readonly PermittedRequest[],
  mode: LockMode,
): Promise<ReadonlyMap<HoldRequest, HoldDecision>> {
  const decisions = new Map<HoldRequest, HoldDecision>();
  if (permitted.length === 0) return decisions;
  const { event, hold } = permitted[0]!.permit;
  const outcomes = await seats.hold(
    permitted.map(({ claim }) => ({ ...claim, ttlMs: hold.ttlMs })),
    mode,
  );
  const shortened: SeatClaim[] = [];
  for (const [index, { request, claim }] of permitted.entries()) {
    const held = outcomes[index] ?? null;
    if (held === null) decisions.set(request, null);
    else if (!held.ok) {
      // Another request of the same user may have held the seats since the context was read.
      const single = refuseSecondHold(await reservations.findLiveHold(event.concertId, request.userId));
      decisions.set(request, single.ok ? held : single);
    } else {
      const reservation = reservationOf(permitted[index]!, held.value);
      if (!reservation.ok) await seats.release(claim);
      else if (reservation.value.holdExpiresAt < held.value.holdExpiresAt) shortened.push(claim);
      decisions.set(request, reservation);
    }
  }
  // A hold is only shortened to the start of its date.
  if (shortened.length > 0) await seats.extend(shortened, event.startsAt);
  return decisions;
}

function reservationOf(
  { request, permit, claim }: PermittedRequest,
  held: HeldSeats,
): Result<HeldReservation, QueueTokenNotActive | EventNotBookable> {
  const { event, seatNumbers } = permit;
  const limited = limitHold(request, event, held);
  if (!limited.ok) return limited;
  return ok({
    status: 'HELD',
    id: claim.reservationId,
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

/** Adds the reservations, or returns the refusal of one of them. */
async function addReservations(
  { reservations }: UnitOfWork,
  held: readonly HeldReservation[],
  lapsedHolds: readonly ReservationId[],
  { hold }: PermittedHold,
): Promise<HoldLimitExceeded | QueueTokenNotActive | SeatLimitExceeded | HoldsCoolingDown | null> {
  // addHeld waits for running payments of the same users; a read before it could miss what a payment writes.
  const added = await reservations.addHeld(held, lapsedHolds, held[0]!.createdAt - hold.coolDownMs);
  if (!added.ok) return added.refusal;
  for (const reservation of held) {
    const limited = limitByHistory(reservation, added.value.get(reservation.userId)!, hold);
    if (!limited.ok) return limited.refusal;
  }
  return null;
}
