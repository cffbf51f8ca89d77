import { type Refund, type RefundRefusal, refundSeats } from '@frontrow/domain/payments/refund.ts';
import { isOnSale } from '@frontrow/domain/catalog/concert.ts';
import type { ConfirmedReservation, RefundedReservation } from '@frontrow/domain/booking/reservation.ts';
import { type WalletEntry, payBack } from '@frontrow/domain/payments/wallet.ts';
import type { ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { reservationRefunded } from '@frontrow/domain/webhooks/message.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { ReservationToRefund } from '../ports/payments/refunds.ts';
import type { Ports } from '../ports/ports.ts';
import { webhookMessages } from '../webhooks/webhook-messages.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';

/** The owner of the reservation may refund it until the event's `refundUntil`, an organiser at any time for a reason. */
export type RefundOrder =
  | { readonly by: 'OWNER'; readonly userId: UserId }
  | { readonly by: 'ORGANISER'; readonly userId: UserId; readonly reason: string };

export type RefundRequest = {
  readonly reservationId: ReservationId;
  /** Null for all seats that are not refunded yet. */
  readonly seatNumbers: readonly number[] | null;
  readonly order: RefundOrder;
};

type DecidedRefund = {
  readonly refund: Refund;
  readonly entry: WalletEntry;
  readonly reservation: ConfirmedReservation | RefundedReservation;
};

/** Refunds seats of one reservation in the caller's transaction, which must be rolled back on a refusal. */
export async function refundInUnit(
  unit: UnitOfWork,
  ids: Ports['ids'],
  request: RefundRequest,
): Promise<Result<Refund, NotFound | RefundRefusal>> {
  const [locked] = await unit.refunds.lock([request.reservationId]);
  return locked === undefined ? refuse(notFound('reservation')) : refundLocked(unit, ids, locked, request);
}

/** The same for a reservation that the transaction has locked. */
export async function refundLocked(
  unit: UnitOfWork,
  ids: Ports['ids'],
  locked: ReservationToRefund,
  request: Omit<RefundRequest, 'reservationId'>,
): Promise<Result<Refund, NotFound | RefundRefusal>> {
  const decided = decideRefund(locked, request, ids);
  if (!decided.ok) return decided;
  await writeRefund(unit, decided.value, ids);
  return ok(decided.value.refund);
}

function decideRefund(
  { reservation, wallet, prices, event, checkedInSeats: used, asOf: now }: ReservationToRefund,
  { seatNumbers, order }: Omit<RefundRequest, 'reservationId'>,
  ids: Ports['ids'],
): Result<DecidedRefund, NotFound | RefundRefusal> {
  const { id: reservationId, userId, concertId, eventId } = reservation;
  if (order.by === 'OWNER' && order.userId !== userId) return refuse(notFound('reservation'));
  const refundUntil = order.by === 'OWNER' ? event.refundUntil : null;
  const checkedInSeats = order.by === 'OWNER' ? used : [];
  const refunded = refundSeats(reservation, seatNumbers, { prices, refundUntil, checkedInSeats, now });
  if (!refunded.ok) return refunded;
  const { amount } = refunded.value;
  const { paymentId } = refunded.value.reservation;
  const paidBack = payBack(wallet, amount);
  const entry = { ...paidBack, id: ids.next(), userId, paymentId, createdAt: now };
  const refund: Refund = {
    id: ids.next(),
    reservationId,
    paymentId,
    userId,
    concertId,
    eventId,
    seatNumbers: refunded.value.seatNumbers,
    seatsReturned: isOnSale(event, now) ? refunded.value.seatNumbers.length : 0,
    amount,
    balanceAfter: entry.balanceAfter,
    walletEntryId: entry.id,
    refundedAt: now,
    actor: order.userId,
    reason: order.by === 'OWNER' ? null : order.reason,
  };
  return ok({ refund, entry, reservation: refunded.value.reservation });
}

async function writeRefund(
  unit: UnitOfWork,
  { refund, entry, reservation }: DecidedRefund,
  ids: Ports['ids'],
): Promise<void> {
  const { reservationId, seatNumbers } = refund;
  const returned = await unit.seats.returnToSale([refund]);
  invariant(
    returned === seatNumbers.length,
    `reservation ${reservationId} lost a seat while it was CONFIRMED`,
  );
  await unit.wallets.append([entry]);
  await unit.refunds.add([refund]);
  await unit.reservations.saveRefunds([reservation]);
  await unit.outbox.append(webhookMessages({ ids }, [reservationRefunded(refund)]));
}
