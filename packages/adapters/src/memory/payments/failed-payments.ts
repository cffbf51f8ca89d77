import type {
  FailedPaymentPurge,
  FailedPayments,
} from '@frontrow/application/ports/payments/failed-payments.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf } from '../store/table.ts';

export function createMemoryFailedPayments({ tables }: Pick<MemoryView, 'tables'>): FailedPayments {
  return {
    async record(failed) {
      const key = keyOf(failed.reservationId, failed.failureCode);
      const before = tables.failedPayments.get(key);
      tables.failedPayments.put(key, { ...failed, id: before?.id ?? failed.id });
      return before === undefined;
    },
  };
}

export function createMemoryFailedPaymentPurge({ tables, clock }: MemoryView): FailedPaymentPurge {
  return {
    async purge(olderThanMs, limit) {
      const before = clock.now() - olderThanMs;
      const old = [...tables.failedPayments.entries()]
        .filter(([, { failedAt }]) => failedAt < before)
        .slice(0, limit);
      for (const [key] of old) tables.failedPayments.remove(key);
      return old.length;
    },
  };
}
