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
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import type { QueueEnd } from '../../ports/waiting-room/queue-ends.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';
import { freeSlot, recordEnd } from '../../waiting-room/end-place.ts';
import { type OwnReservation, claimOf, lockOwn } from '../../booking/own-reservation.ts';

export type PayReservationCommand = OwnReservation & { readonly request: IdempotentRequest };
type PayRefusal = NotFound | HoldExpired | ReservationNotHeld | InsufficientBalance;
export type PayReservation = (
  command: PayReservationCommand,
) => Promise<Result<Answer<Payment>, PayRefusal | IdempotencyKeyReused | IdempotencyInProgress>>;

type PayReservationPorts = Pick<Ports, 'transact' | 'ids' | 'waitingRoom'>;

/** Money, ledger, payment, seats, reservation, the end of the place and its message: one transaction. */
export function createPayReservation(ports: PayReservationPorts): PayReservation {
  const { transact, ids } = ports;
  return async (command) => {
    let end: QueueEnd | null = null;
    const paid = await transact((unit) =>
      idempotently(unit.idempotency, command.request, async () => {
        const result = await payOnce(unit, command, ids);
        if (!result.ok) return result;
        end = result.value.end;
        return ok(result.value.payment);
      }),
    );
    if (paid.ok && end !== null) await freeSlot(ports, end);
    return paid;
  };
}

async function payOnce(
  unit: UnitOfWork,
  command: PayReservationCommand,
  ids: Ports['ids'],
): Promise<Result<{ payment: Payment; end: QueueEnd }, PayRefusal>> {
  const locked = await lockOwn(unit, command);
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
  const end: QueueEnd = { concertId, userId, sequence, reason: 'COMPLETED' };
  await recordEnd(unit, end);
  return ok({ payment, end });
}
