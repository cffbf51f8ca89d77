import { chooseInHall, choiceRules, holdTtlMs, needsReading } from '@frontrow/domain/booking/hall-rules.ts';
import { type NoMatchingSeats, createSeatChooser } from '@frontrow/domain/halls/best-available.ts';
import type { OrphanSeats } from '@frontrow/domain/halls/orphan-seats.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import type { HoldRequest as HoldClaim } from '../ports/booking/seats.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';
import type { PermittedRequest } from './hold-request.ts';

/**
 * Chooses the seats of requests for one event in their order, against one reading of the date in which the seats `locked`
 * are not free either. Reads nothing where no other seat of the date matters.
 */
export async function chooseSeats(
  { seats }: Pick<UnitOfWork, 'seats'>,
  requests: readonly PermittedRequest[],
  locked: ReadonlySet<number>,
): Promise<readonly Result<HoldClaim, NoMatchingSeats | OrphanSeats>[]> {
  const { permit, inHall } = requests[0]!;
  if (inHall === null || !requests.some((each) => needsReading(each.permit)))
    return requests.map((each) => ok(claimFor(each, each.permit.seatNumbers ?? [])));
  const { hall } = inHall;
  const unavailable = [...(await seats.findUnavailable(permit.event.id)), ...locked];
  // The date may have got seats since its layout was read.
  const known = unavailable.filter((number) => number <= hall.seats.seatCount);
  const chooser = createSeatChooser(hall, known, choiceRules(permit, hall.seats));
  return requests.map((each) => {
    const chosen = chooseInHall(chooser, each.inHall!.wanted, permit.hold);
    return chosen.ok ? ok(claimFor(each, chosen.value)) : chosen;
  });
}

function claimFor(
  { request, permit: { event, hold }, reservationId, inHall }: PermittedRequest,
  seatNumbers: readonly number[],
): HoldClaim {
  const ttlMs =
    inHall === null ? hold.ttlMs : holdTtlMs(request, hold, { seats: inHall.hall.seats, seatNumbers });
  return { eventId: event.id, seatNumbers, reservationId, ttlMs };
}
