import type { Payments } from '@frontrow/application/ports/payments/payments.ts';
import type { Refunds } from '@frontrow/application/ports/payments/refunds.ts';
import type { Wallets } from '@frontrow/application/ports/payments/wallets.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { routed } from './routed.ts';
import type { Searched } from './searched.ts';
import type { Session } from './session.ts';

export function aimPayments(
  unit: UnitOfWork,
  { to, toUser, toConcert, toId }: Session,
  searched: Searched,
  shardOf: (id: UserId) => string,
): Pick<UnitOfWork, 'wallets' | 'payments' | 'failedPayments' | 'refunds'> {
  return {
    wallets: {
      ...routed<Omit<Wallets, 'append'>>(unit.wallets, {
        lock: toUser,
        lockAll: ([user]) => toUser(user!), // all of one slot
      }),
      async append(entries) {
        for (const [target, own] of Map.groupBy(entries, ({ userId }) => shardOf(userId))) {
          await to(target);
          await unit.wallets.append(own);
        }
      },
    },
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
