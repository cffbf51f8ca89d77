import type { PaymentReads, Payments } from '@frontrow/application/ports/payments/payments.ts';
import { reservationAt } from '@frontrow/domain/booking/reservation.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';
import { salesIn } from '../store/sales.ts';
import { walletOf } from './wallets.ts';

export function createMemoryPaymentReads({ tables }: Pick<MemoryView, 'tables'>): PaymentReads {
  return {
    find: async (id) => tables.payments.get(id) ?? null,
    async list(userId, page) {
      const own = [...rowsOf(tables.payments)].filter((payment) => payment.userId === userId);
      return paginateById(own, page, 'NEWEST_FIRST');
    },
  };
}

export function createMemoryPayments({ tables, clock }: MemoryView): Payments {
  return {
    async lock(ids) {
      const asOf = clock.now();
      return ids.flatMap((id) => {
        const row = tables.reservations.get(id);
        const event = row && tables.events.get(row.eventId);
        if (!row || !event) return [];
        return {
          reservation: reservationAt(row, asOf),
          wallet: walletOf(tables, row.userId),
          sales: salesIn(tables, event),
          asOf,
        };
      });
    },
    async add(payments) {
      for (const payment of payments) {
        tables.paidReservations.insert(payment.reservationId, payment.id);
        tables.payments.insert(payment.id, payment);
      }
    },
  };
}
