import type { Payments } from '@frontrow/application/ports/payments/payments.ts';
import type { Refunds } from '@frontrow/application/ports/payments/refunds.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { routed } from './routed.ts';
import type { Searched } from './searched.ts';
import type { Session } from './session.ts';

export function aimPayments(
  unit: UnitOfWork,
  { toUser, toConcert, toId }: Session,
  searched: Searched,
): Pick<UnitOfWork, 'wallets' | 'payments' | 'failedPayments' | 'refunds'> {
  return {
    wallets: routed(unit.wallets, {
      lock: toUser,
      lockAll: (users) => toUser(users[0]!),
      append: (entries) => toUser(entries[0]!.userId),
    }),
    payments: {
      ...routed<Omit<Payments, 'lock'>>(unit.payments, { add: ([payment]) => toConcert(payment!.concertId) }),
      lock: searched(
        ([id]) => id,
        'reservation',
        (ids, mode) => unit.payments.lock(ids, mode),
      ),
    },
    failedPayments: routed(unit.failedPayments, { record: ({ reservationId }) => toId(reservationId) }),
    refunds: {
      ...routed<Omit<Refunds, 'lock'>>(unit.refunds, { add: ([refund]) => toConcert(refund!.concertId) }),
      lock: searched(
        ([id]) => id,
        'reservation',
        (ids) => unit.refunds.lock(ids),
      ),
    },
  };
}
