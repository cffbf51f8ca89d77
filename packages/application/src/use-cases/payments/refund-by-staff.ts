import type { Refund, RefundRefusal } from '@frontrow/domain/payments/refund.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import {
  type IdempotencyInProgress,
  type IdempotencyKeyReused,
  type NotFound,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, refuse } from '@frontrow/domain/shared/result.ts';
import { refundLocked } from '../../payments/refund-in-unit.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { Ports } from '../../ports/ports.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';

export type RefundByStaffCommand = {
  readonly reservationId: ReservationId;
  /** Null for all seats that are not refunded yet. */
  readonly seatNumbers: readonly number[] | null;
  readonly reason: string;
  readonly request: IdempotentRequest;
  readonly by: AdminRequest;
};
type RefundByStaffRefusal = NotFound | RefundRefusal | IdempotencyKeyReused | IdempotencyInProgress;
export type RefundByStaff = (
  command: RefundByStaffCommand,
) => Promise<Result<Answer<Refund>, RefundByStaffRefusal>>;

/** Staff refund seats of a user, also after the time in which fans may ask for it. */
export function createRefundByStaff({ transact, ids }: Pick<Ports, 'transact' | 'ids'>): RefundByStaff {
  return ({ reservationId, seatNumbers, reason, request, by }) =>
    transact(
      (unit) =>
        idempotently(unit.idempotency, request, async () => {
          const order = { by: 'ORGANISER', userId: by.actor, reason } as const;
          const [locked] = await unit.refunds.lock([reservationId]);
          if (locked === undefined) return refuse(notFound('reservation'));
          const refunded = await refundLocked(unit, ids, locked, { seatNumbers, order });
          if (!refunded.ok) return refunded;
          const target = `reservation/${reservationId}` as const;
          const [before, after] = [locked.reservation, refunded.value];
          await unit.auditLog.append({ by, target, before, after, reason });
          return refunded;
        }),
      { reservationId },
    );
}
