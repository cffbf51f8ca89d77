import { mayBook } from '@frontrow/domain/concert.ts';
import type { EventId, UserId } from '@frontrow/domain/ids.ts';
import { type Ticket, mayEnter } from '@frontrow/domain/queue-token.ts';
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
} from '@frontrow/domain/rejections.ts';
import type { HeldReservation } from '@frontrow/domain/reservation.ts';
import { type Result, refuse } from '@frontrow/domain/result.ts';
import { chooseSeats } from '@frontrow/domain/seat.ts';
import { type Answer, once } from '../once.ts';
import type { IdempotentRequest } from '../ports/idempotency.ts';
import type { Ports } from '../ports/ports.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import type { Standing } from '../ports/waiting-room.ts';

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
  return async (command) => {
    const standing = await waitingRoom.look(command.ticket);
    return seatLock.hold(command.eventId, command.seatNumbers, () =>
      transact((unit) =>
        once(unit.idempotency, command.request, () => holdOnce(unit, command, standing, ids.next())),
      ),
    );
  };
}

async function holdOnce(
  { seats, reservations, queueEnds }: UnitOfWork,
  { userId, eventId, seatNumbers, ticket }: HoldSeatsCommand,
  { token }: Standing,
  reservationId: string,
): Promise<Result<HeldReservation, HoldRefusal>> {
  const onSale = await seats.findEventOnSale(eventId);
  if (onSale === null) return refuse(notFound('event'));
  const { event, hold, asOf } = onSale;
  if (ticket.concertId !== event.concertId) return refuse({ code: 'QUEUE_TOKEN_INVALID' });
  const active = mayEnter(token);
  if (!active.ok) return active;
  const bookable = mayBook(event, asOf);
  if (!bookable.ok) return bookable;
  const chosen = chooseSeats(seatNumbers, event.seatCount, hold);
  if (!chosen.ok) return chosen;

  const claim = { eventId, seatNumbers: chosen.value, reservationId };
  const held = await seats.hold({ ...claim, ttlMs: hold.ttlMs });
  if (!held.ok) return held;
  const added = await reservations.addHeld({
    status: 'HELD',
    id: reservationId,
    userId,
    concertId: event.concertId,
    eventId,
    seatNumbers: chosen.value,
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
