import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type {
  HoldExpired,
  IdempotencyInProgress,
  IdempotencyKeyReused,
  InsufficientBalance,
  NotFound,
  ReservationNotHeld,
} from '@frontrow/domain/shared/rejections.ts';
import { confirm, mayPay } from '@frontrow/domain/booking/reservation.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { spend } from '@frontrow/domain/payments/wallet.ts';
import { type Answer, claimOrReplay } from '../../shared/idempotently.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import type { PlaceEnd } from '../../ports/waiting-room/queue-ends.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';
import { freeSlot, recordEnd } from '../../waiting-room/end-place.ts';
import { type OwnReservation, claimOf, lockOwnReservation } from '../../booking/own-reservation.ts';

export type PayReservationCommand = OwnReservation & { readonly request: IdempotentRequest };
type PayRefusal = NotFound | HoldExpired | ReservationNotHeld | InsufficientBalance;
export type PayReservation = (
  command: PayReservationCommand,
) => Promise<Result<Answer<Payment>, PayRefusal | IdempotencyKeyReused | IdempotencyInProgress>>;

type PayReservationPorts = Pick<Ports, 'transact' | 'ids' | 'waitingRoom'>;

/** Pays, confirms the reservation and ends the place in one transaction; then frees the slot. */
export function createPayReservation(ports: PayReservationPorts): PayReservation {
  return async (command) => {
    const outcome = await ports.transact((unit) => payIdempotently(unit, command, ports.ids));
    if (!outcome.ok) return outcome;
    const { answer, end } = outcome.value;
    if (end !== null) await freeSlot(ports, end);
    return ok(answer);
  };
}

/** `end` is null for a replay, which has ended nothing. */
type Paid = { readonly answer: Answer<Payment>; readonly end: PlaceEnd | null };

async function payIdempotently(
  unit: UnitOfWork,
  command: PayReservationCommand,
  ids: Ports['ids'],
): Promise<Result<Paid, PayRefusal | IdempotencyKeyReused | IdempotencyInProgress>> {
  const replay = await claimOrReplay<Payment>(unit.idempotency, command.request);
  if (replay !== null) return replay.ok ? ok({ answer: replay.value, end: null }) : replay;
  const paid = await payOnce(unit, command, ids);
  if (!paid.ok) return paid;
  const { payment, end } = paid.value;
  await unit.idempotency.complete(command.request, payment);
  return ok({ answer: { value: payment, replayed: false }, end });
}

async function payOnce(
  unit: UnitOfWork,
  command: PayReservationCommand,
  ids: Ports['ids'],
): Promise<Result<{ payment: Payment; end: PlaceEnd }, PayRefusal>> {
  const locked = await lockOwnReservation(unit, command);
  if (!locked.ok) return locked;
  const payable = mayPay(locked.value.reservation);
  if (!payable.ok) return payable;
  const reservation = payable.value;
  const { id: reservationId, userId, concertId, sequence, totalAmount: amount } = reservation;
  const { wallet, asOf: paidAt } = await unit.wallets.lock(userId);
  const spent = spend(wallet, amount);
  if (!spent.ok) return spent;

  const { balanceAfter } = spent.value;
  const payment: Payment = { id: ids.next(), reservationId, userId, amount, balanceAfter, paidAt };
  await unit.wallets.append({
    ...spent.value,
    id: ids.next(),
    userId,
    paymentId: payment.id,
    createdAt: paidAt,
  });
  await unit.payments.add(payment);
  const sold = await unit.seats.sell(claimOf(reservation));
  invariant(sold === reservation.seatNumbers.length, `reservation ${reservationId} lost a seat while HELD`);
  await unit.reservations.save(confirm(reservation, payment.id));
  const end: PlaceEnd = { concertId, userId, sequence, reason: 'COMPLETED', soldSeats: sold };
  await recordEnd(unit, end);
  return ok({ payment, end });
}
