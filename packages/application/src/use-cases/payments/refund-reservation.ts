import type { Refund, RefundRefusal } from '@frontrow/domain/payments/refund.ts';
import type {
  IdempotencyInProgress,
  IdempotencyKeyReused,
  NotFound,
} from '@frontrow/domain/shared/refusals.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { OwnReservation } from '../../booking/own-reservation.ts';
import { refundInUnit } from '../../payments/refund-in-unit.ts';
import type { Ports } from '../../ports/ports.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';

export type RefundReservationCommand = OwnReservation & {
  /** Null for all seats that are not refunded yet. */
  readonly seatNumbers: readonly number[] | null;
  readonly request: IdempotentRequest;
};
export type RefundReservation = (
  command: RefundReservationCommand,
) => Promise<Result<Answer<Refund>, NotFound | RefundRefusal | IdempotencyKeyReused | IdempotencyInProgress>>;

/** Pays back the owner's wallet and returns the seats to sale in one transaction. The next count tells the waiting room. */
export function createRefundReservation({
  transact,
  ids,
}: Pick<Ports, 'transact' | 'ids'>): RefundReservation {
  return ({ userId, reservationId, seatNumbers, request }) =>
    transact(
      (unit) =>
        idempotently(unit.idempotency, request, () =>
          refundInUnit(unit, ids, { reservationId, seatNumbers, order: { by: 'OWNER', userId } }),
        ),
      { reservationId },
    );
}
