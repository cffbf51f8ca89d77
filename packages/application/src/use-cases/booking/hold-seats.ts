import { mayBook } from '@frontrow/domain/catalog/concert.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import { type QueueToken, type Ticket, mayEnter } from '@frontrow/domain/waiting-room/queue-token.ts';
import {
  type EventNotBookable,
  type HoldLimitExceeded,
  type IdempotencyInProgress,
  type IdempotencyKeyReused,
  type NotFound,
  type QueueTokenInvalid,
  type QueueTokenNotActive,
  type ValidationFailed,
  type SeatUnavailable,
  type TooManySeats,
  notFound,
} from '@frontrow/domain/shared/rejections.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { chooseSeats } from '@frontrow/domain/booking/seat.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SeatAvailability } from '../../ports/booking/seat-lock.ts';
import type { EventOnSale } from '../../ports/booking/seats.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';
import { type MaybePromise, andThen } from '../../shared/maybe-promise.ts';

export type HoldSeatsCommand = {
  readonly userId: UserId;
  readonly eventId: EventId;
  readonly seatNumbers: readonly number[];
  readonly ticket: Ticket;
  readonly request: IdempotentRequest;
};
type HoldRefusal =
  | NotFound
  | QueueTokenInvalid
  | QueueTokenNotActive
  | EventNotBookable
  | TooManySeats
  | ValidationFailed
  | SeatUnavailable
  | HoldLimitExceeded;
export type HoldSeats = (
  command: HoldSeatsCommand,
) => Promise<Result<Answer<HeldReservation>, HoldRefusal | IdempotencyKeyReused | IdempotencyInProgress>>;

type HoldSeatsPorts = Pick<Ports, 'transact' | 'waitingRoom' | 'seatLock' | 'ids'>;

export function createHoldSeats({ transact, waitingRoom, seatLock, ids }: HoldSeatsPorts): HoldSeats {
  return (command) =>
    andThen(sightOf(waitingRoom, command.ticket), (seen) =>
      seatLock.hold(command, {
        refusalBy: (news) => refusalBy(news, command, seen),
        async attempt() {
          const { token } = await waitingRoom.checkIn(command.ticket);
          return transact((unit) =>
            idempotently(unit.idempotency, command.request, () => holdOnce(unit, command, token, ids.next())),
          );
        },
      }),
    );
}

/**
 * A snapshot of the room that is a moment old is enough to lose a seat by. To be refused for the own place takes the
 * room's word, and so does an attempt.
 */
function sightOf(waitingRoom: Ports['waitingRoom'], ticket: Ticket): MaybePromise<QueueToken> {
  return andThen(waitingRoom.freshStatus(ticket), ({ token }): MaybePromise<QueueToken> => {
    if (token.status === 'ACTIVE') return token;
    return waitingRoom.checkIn(ticket).then((standing) => standing.token);
  });
}

/** What a transaction would be refused for that found what `news` says. */
function refusalBy({ onSale, taken }: SeatAvailability, command: HoldSeatsCommand, token: QueueToken) {
  const chosen = chooseOnSale(onSale, command, token);
  if (!chosen.ok) return chosen.refusal;
  const unavailableSeats = chosen.value.seatNumbers.filter((number) => taken.has(number));
  return unavailableSeats.length === 0 ? null : ({ code: 'SEAT_UNAVAILABLE', unavailableSeats } as const);
}

/** All that is decided before a seat is touched, in the order in which refusals go first. */
function chooseOnSale(
  onSale: EventOnSale | null,
  { seatNumbers, ticket }: HoldSeatsCommand,
  token: QueueToken,
): Result<EventOnSale & { readonly seatNumbers: readonly number[] }, HoldRefusal> {
  if (onSale === null) return refuse(notFound('event'));
  const { event, hold, asOf } = onSale;
  if (ticket.concertId !== event.concertId) return refuse({ code: 'QUEUE_TOKEN_INVALID' });
  const active = mayEnter(token);
  if (!active.ok) return active;
  const bookable = mayBook(event, asOf);
  if (!bookable.ok) return bookable;
  const chosen = chooseSeats(seatNumbers, event.seatCount, hold);
  return chosen.ok ? ok({ event, hold, asOf, seatNumbers: chosen.value }) : chosen;
}

async function holdOnce(
  { seats, reservations, queueEnds }: UnitOfWork,
  command: HoldSeatsCommand,
  token: QueueToken,
  reservationId: ReservationId,
): Promise<Result<HeldReservation, HoldRefusal>> {
  const { userId, eventId, ticket } = command;
  const chosen = chooseOnSale(await seats.findEventOnSale(eventId), command, token);
  if (!chosen.ok) return chosen;
  const { event, hold, seatNumbers } = chosen.value;

  const held = await seats.hold({ eventId, seatNumbers, reservationId, ttlMs: hold.ttlMs });
  if (!held.ok) return held;
  const added = await reservations.addHeld({
    status: 'HELD',
    id: reservationId,
    userId,
    concertId: event.concertId,
    eventId,
    seatNumbers,
    totalAmount: held.value.totalAmount,
    sequence: ticket.sequence,
    createdAt: held.value.heldAt,
    holdExpiresAt: held.value.holdExpiresAt,
    extensions: 0,
  });
  if (!added.ok) return added;
  // Last, because adding the hold waits for a payment of this user that is under way: only now is its end visible.
  const ended = await queueEnds.find(ticket);
  if (ended !== null) return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: ended });
  return added;
}
