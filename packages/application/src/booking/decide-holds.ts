import { dependsOnHall, permitInHall } from '@frontrow/domain/booking/hall-rules.ts';
import { limitByHistory } from '@frontrow/domain/booking/hold-history.ts';
import { type PermittedHold, countRequested, permitHold } from '@frontrow/domain/booking/hold-rules.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type {
  HoldLimitExceeded,
  HoldsCoolingDown,
  QueueTokenNotActive,
  SeatLimitExceeded,
} from '@frontrow/domain/shared/refusals.ts';
import { refuse } from '@frontrow/domain/shared/result.ts';
import { reservationHeld } from '@frontrow/domain/webhooks/message.ts';
import type { FindHall } from '../halls/find-hall.ts';
import type { HoldContexts } from '../ports/booking/seats.ts';
import type { Ports } from '../ports/ports.ts';
import type { LockMode } from '../ports/shared/lock-mode.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';
import { webhookMessages } from '../webhooks/webhook-messages.ts';
import { holdChosen } from './hold-chosen.ts';
import type { HoldDecision, HoldRequest, PermittedRequest } from './hold-request.ts';

type DecideOptions = { readonly mode: LockMode; readonly ids: Ports['ids']; readonly findHall: FindHall };

/**
 * Reads, decides and writes holds of one date, no two of them for the same seat or user. Null for a request that must run
 * alone: a list of one has no null in the mode WAIT.
 */
export async function decideHolds(
  unit: UnitOfWork,
  requests: readonly HoldRequest[],
  { mode, ids, findHall }: DecideOptions,
): Promise<readonly HoldDecision[]> {
  const { eventId } = requests[0]!;
  const users = requests.map(({ userId }) => userId);
  const contexts = await unit.seats.findHoldContext(eventId, users);
  const decisions = new Map<HoldRequest, HoldDecision>();
  const allowed = permitEach(requests, contexts, { ids, decisions });
  const permitted = await permitEachInHall(unit, allowed, { findHall, decisions });
  const holdable = permitted.length > 1 ? await withoutLimited(unit, permitted) : permitted;
  for (const [{ request }, decision] of await holdChosen(unit, holdable, mode))
    decisions.set(request, decision);

  const held = [...decisions.values()].flatMap((decision) => (decision?.ok === true ? decision.value : []));
  const lapsed = held.flatMap(({ userId }) => contexts.lapsedHolds.get(userId) ?? []);
  const refusal = held.length === 0 ? null : await addReservations(unit, held, lapsed, allowed[0]!.permit);
  // In a group, the refusal may be another request's.
  if (refusal !== null) return requests.map(() => (requests.length === 1 ? refuse(refusal) : null));
  const facts = [...decisions].flatMap(([{ traceparent = null }, decision]) =>
    decision?.ok === true ? [{ ...reservationHeld(decision.value), traceparent }] : [],
  );
  await unit.outbox.append(webhookMessages({ ids }, facts));
  return requests.map((request) => decisions.get(request) ?? null);
}

type Decisions = { readonly decisions: Map<HoldRequest, HoldDecision> };
type AllowedRequest = Omit<PermittedRequest, 'inHall'>;

/** The requests that nothing but seats stands against; the refusals of the others become decisions. */
function permitEach(
  requests: readonly HoldRequest[],
  { onSale, liveHolds }: HoldContexts,
  { ids, decisions }: Pick<DecideOptions, 'ids'> & Decisions,
): readonly AllowedRequest[] {
  return requests.flatMap((request) => {
    const permit = permitHold(request, { onSale, liveHold: liveHolds.get(request.userId) ?? null });
    if (permit.ok) {
      const reservationId = ids.nextIn(permit.value.event.concertId);
      return [{ request, permit: permit.value, reservationId }];
    }
    decisions.set(request, permit);
    return [];
  });
}

/** The requests that the layout permits; the refusals of the others become decisions. */
async function permitEachInHall(
  { layouts }: Pick<UnitOfWork, 'layouts'>,
  allowed: readonly AllowedRequest[],
  { findHall, decisions }: Pick<DecideOptions, 'findHall'> & Decisions,
): Promise<readonly PermittedRequest[]> {
  if (!allowed.some(({ permit }) => dependsOnHall(permit)))
    return allowed.map((each) => ({ ...each, inHall: null }));
  const hall = await findHall(allowed[0]!.permit.event, layouts);
  return allowed.flatMap((each) => {
    const wanted = permitInHall(each.request, each.permit, hall.seats);
    if (wanted.ok) return [{ ...each, inHall: { hall, wanted: wanted.value } }];
    decisions.set(each.request, wanted);
    return [];
  });
}

/** Leaves out the requests that the histories of their users refuse: a refusal after the writes would fail the group. */
async function withoutLimited(
  { reservations }: UnitOfWork,
  permitted: readonly PermittedRequest[],
): Promise<readonly PermittedRequest[]> {
  const { event, hold, asOf } = permitted[0]!.permit;
  const asked = permitted.map(({ request: { userId, ticket }, reservationId }) => ({
    id: reservationId,
    userId,
    concertId: event.concertId,
    sequence: ticket.sequence,
  }));
  const histories = await reservations.findHistories(asked, asOf - hold.coolDownMs);
  return permitted.filter(({ request }) => {
    const wanted = { count: countRequested(request), createdAt: asOf };
    return limitByHistory(wanted, histories.get(request.userId)!, hold).ok;
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
  for (const { userId, seatNumbers, createdAt } of held) {
    const asked = { count: seatNumbers.length, createdAt };
    const limited = limitByHistory(asked, added.value.get(userId)!, hold);
    if (!limited.ok) return limited.refusal;
  }
  return null;
}
