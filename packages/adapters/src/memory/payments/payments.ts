import type { PaymentReads, Payments } from '@frontrow/application/ports/payments/payments.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';

export function createMemoryPaymentReads({ tables }: Pick<MemoryView, 'tables'>): PaymentReads {
  return {
    find: async (id) => tables.payments.get(id) ?? null,
    async list(userId, page) {
      const own = [...rowsOf(tables.payments)].filter((payment) => payment.userId === userId);
      return paginateById(own, page, 'NEWEST_FIRST');
    },
  };
}

export function createMemoryPayments({ tables }: Pick<MemoryView, 'tables'>): Payments {
  return {
    async add(payment) {
      tables.paidReservations.insert(payment.reservationId, payment.id);
      tables.payments.insert(payment.id, payment);
    },
  };
}
