import { giveSeats, mayGive } from '@frontrow/domain/booking/complimentary.ts';
import type { ConfirmedReservation } from '@frontrow/domain/booking/reservation.ts';
import { chooseSeats } from '@frontrow/domain/booking/seat.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import { spend } from '@frontrow/domain/payments/wallet.ts';
import type { EventId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { SEATS_PER_RESERVATION_MAX } from '@frontrow/domain/shared/limits.ts';
import {
  type EventCancelled,
  type EventStarted,
  type NotFound,
  type SeatUnavailable,
  type TooManySeats,
  type ValidationFailed,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { paymentCompleted } from '@frontrow/domain/webhooks/message.ts';
import { claimOf } from '../../booking/own-reservation.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';
import { type Answer, type ReplayRefusal, idempotently } from '../../shared/idempotently.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';

export type GiveSeatsCommand = {
  readonly eventId: EventId;
  /** Who gets the seats. */
  readonly userId: UserId;
  readonly seatNumbers: readonly number[];
  readonly reason: string;
  readonly request: IdempotentRequest;
  readonly by: AdminRequest;
};
type GiveRefusal =
  NotFound | EventCancelled | EventStarted | TooManySeats | ValidationFailed | SeatUnavailable;
export type GiveSeats = (
  command: GiveSeatsCommand,
) => Promise<Result<Answer<ConfirmedReservation>, GiveRefusal | ReplayRefusal>>;

type GiveSeatsPorts = Pick<Ports, 'transact' | 'ids' | 'clock'>;

/**
 * Staff give seats to a user for nothing: a complimentary reservation, confirmed at once, of any concert and above every
 * limit of the hold policy. The next count tells the waiting room.
 */
export function createGiveSeats({ transact, ids, clock }: GiveSeatsPorts): GiveSeats {
  return (command) =>
    transact(
      (unit) =>
        idempotently<ConfirmedReservation, GiveRefusal>(unit.idempotency, command.request, async () => {
          const { eventId, userId, reason, by } = command;
          // The lock keeps the date from being cancelled or removed meanwhile. Edits lock it before the seats as well.
          const event = await unit.concerts.lockEvent(eventId);
          if (event === null) return refuse(notFound('event'));
          const allowed = mayGive(event, clock.now());
          if (!allowed.ok) return allowed;
          const limits = { maxSeatsPerReservation: SEATS_PER_RESERVATION_MAX };
          const chosen = chooseSeats(command.seatNumbers, event.seatCount, limits);
          if (!chosen.ok) return chosen;
          const { concertId } = event;
          const [id, seatNumbers] = [ids.nextIn(concertId), chosen.value];
          // The hold ends in this transaction, so nobody sees it.
          const hold = { eventId, seatNumbers, reservationId: id, ttlMs: 0 };
          const [held] = await unit.seats.hold([hold], 'WAIT');
          invariant(held !== undefined && held !== null, 'a hold that waits for its locks is decided');
          if (!held.ok) return held;
          const createdAt = held.value.heldAt;
          const given = {
            id,
            userId,
            concertId,
            eventId,
            seatNumbers,
            paymentId: ids.nextIn(concertId),
            createdAt,
          };
          const reservation = giveSeats(given);
          await writeGiven(unit, ids, reservation, command);
          await unit.auditLog.append({
            by,
            target: `reservation/${id}`,
            before: null,
            after: reservation,
            reason,
          });
          return ok(reservation);
        }),
      { eventId: command.eventId },
    );
}

/** The transaction has locked the seats. Like a free reservation, this one has a payment and a debit of 0. */
async function writeGiven(
  unit: UnitOfWork,
  ids: Ports['ids'],
  reservation: ConfirmedReservation,
  { reason, by: { actor } }: GiveSeatsCommand,
): Promise<void> {
  const { id: reservationId, userId, concertId, paymentId, createdAt: at } = reservation;
  await unit.reservations.addGiven(reservation);
  const { wallet } = await unit.wallets.lock(userId);
  const spent = spend(wallet, 0);
  invariant(spent.ok, 'every wallet covers an amount of 0');
  const entry = { ...spent.value, id: ids.next(), userId, paymentId, createdAt: at };
  await unit.wallets.append([entry]);
  const { balanceAfter } = entry;
  const payment: Payment = { id: paymentId, reservationId, userId, amount: 0, balanceAfter, paidAt: at };
  await unit.payments.add([{ ...payment, concertId }]);
  await unit.reservations.recordChange({ reservationId, kind: 'GIVEN', at, actor, reason });
  await unit.outbox.append(webhookMessages({ ids }, [paymentCompleted(payment, reservation)]));
  const sold = await unit.seats.sell([claimOf(reservation)]);
  invariant(sold === reservation.seatNumbers.length, `reservation ${reservationId} lost a seat while given`);
}
