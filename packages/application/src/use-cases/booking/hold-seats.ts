import {
  limitHold,
  permitHold,
  refusalByAvailability,
  refuseSecondHold,
} from '@frontrow/domain/booking/hold-rules.ts';
import { limitByHistory } from '@frontrow/domain/booking/hold-history.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type {
  EventNotBookable,
  HoldLimitExceeded,
  HoldsCoolingDown,
  IdempotencyInProgress,
  IdempotencyKeyReused,
  NotFound,
  QueueTokenInvalid,
  QueueTokenNotActive,
  SeatLimitExceeded,
  SeatUnavailable,
  TooManySeats,
  ValidationFailed,
} from '@frontrow/domain/shared/rejections.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../../ports/ports.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';

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
  | HoldLimitExceeded
  | SeatLimitExceeded
  | HoldsCoolingDown;
export type HoldSeats = (
  command: HoldSeatsCommand,
) => Promise<Result<Answer<HeldReservation>, HoldRefusal | IdempotencyKeyReused | IdempotencyInProgress>>;

type HoldSeatsPorts = Pick<Ports, 'transact' | 'waitingRoom' | 'seatLock' | 'ids'>;

export function createHoldSeats({ transact, waitingRoom, seatLock, ids }: HoldSeatsPorts): HoldSeats {
  return async (command) => {
    const token = await readToken(waitingRoom, command.ticket);
    return seatLock.hold(command, {
      refusalBy: ({ onSale, taken, liveHolds }) => {
        const liveHold = liveHolds.get(command.userId) ?? null;
        return refusalByAvailability({ ...command, token }, { onSale, liveHold, taken });
      },
      async attempt() {
        const { token: current } = await waitingRoom.checkIn(command.ticket);
        return transact((unit) =>
          idempotently(unit.idempotency, command.request, () =>
            holdOnce(unit, { ...command, token: current }, ids.next()),
          ),
        );
      },
    });
  };
}

/** A snapshot is enough to refuse taken seats. A refusal for the token itself needs the room's own answer. */
async function readToken(waitingRoom: Ports['waitingRoom'], ticket: Ticket): Promise<QueueToken> {
  const status = await waitingRoom.freshStatus(ticket);
  if (status?.token.status === 'ACTIVE') return status.token;
  const { token } = await waitingRoom.checkIn(ticket);
  return token;
}

async function holdOnce(
  { seats, reservations }: UnitOfWork,
  command: HoldSeatsCommand & { readonly token: QueueToken },
  reservationId: ReservationId,
): Promise<Result<HeldReservation, HoldRefusal>> {
  const { userId, eventId, ticket } = command;
  const context = await seats.findHoldContext(eventId, userId);
  const permitted = permitHold(command, context);
  if (!permitted.ok) return permitted;
  const { event, hold, seatNumbers } = permitted.value;

  const held = await seats.hold({ eventId, seatNumbers, reservationId, ttlMs: hold.ttlMs });
  if (!held.ok) {
    // Another request of the same user may have held the seats since the context was read.
    const single = refuseSecondHold(await reservations.findLiveHold(event.concertId, userId));
    return single.ok ? held : single;
  }
  const limited = limitHold(command, event, held.value);
  if (!limited.ok) return limited;
  const holdExpiresAt = limited.value;
  if (holdExpiresAt < held.value.holdExpiresAt)
    await seats.extend({ eventId, seatNumbers, reservationId }, holdExpiresAt);
  const reservation: HeldReservation = {
    status: 'HELD',
    id: reservationId,
    userId,
    concertId: event.concertId,
    eventId,
    seatNumbers,
    totalAmount: held.value.totalAmount,
    sequence: ticket.sequence,
    createdAt: held.value.heldAt,
    holdExpiresAt,
    extensions: 0,
  };
  const added = await reservations.addHeld(reservation, context.lapsedHold);
  if (!added.ok) return added;
  // addHeld waits for a running payment of the same user, so a read before it could miss what the payment writes.
  const history = await reservations.findHistory(reservation, reservation.createdAt - hold.coolDownMs);
  const kept = limitByHistory(reservation, history, hold);
  return kept.ok ? added : kept;
}
