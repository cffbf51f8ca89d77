import type { LedgerReads } from '@frontrow/application/ports/payments/ledger.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';

export function createMemoryLedgerReads({ tables }: Pick<MemoryView, 'tables'>): LedgerReads {
  return {
    async list({ from, until }, page) {
      const entries = [...rowsOf(tables.walletEntries)];
      return paginateById(
        entries.filter(({ createdAt }) => createdAt >= from && createdAt < until),
        page,
        'OLDEST_FIRST',
      );
    },
    async sumBefore(instant) {
      const earlier = [...rowsOf(tables.walletEntries)].filter(({ createdAt }) => createdAt < instant);
      return sum(earlier.map(({ amount }) => amount));
    },
  };
}
