import { descendingById, mergePages, sumOf } from '../every-shard.ts';
import type { Reader, Reads } from './reader.ts';

type PaymentReads = Pick<
  Reads,
  'walletReads' | 'ledgerReads' | 'ledgerTotals' | 'paymentReads' | 'failedPaymentPurge'
>;

export function createShardedPaymentReads({ ofUser, everywhere, byId }: Reader): PaymentReads {
  return {
    walletReads: {
      find: (id) => ofUser(id, ({ walletReads }) => walletReads.find(id)),
      listEntries: (id, page) => ofUser(id, ({ walletReads }) => walletReads.listEntries(id, page)),
    },
    ledgerReads: {
      async list(range, page) {
        const pages = await everywhere('accounts', ({ ledgerReads }) => ledgerReads.list(range, page));
        return mergePages(
          pages,
          page,
          (a, b) => a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id),
          ({ createdAt, id }) => `${createdAt}:${id}`,
        );
      },
      sumBefore: (instant) =>
        sumOf(everywhere('accounts', ({ ledgerReads }) => ledgerReads.sumBefore(instant))),
    },
    ledgerTotals: {
      async saveNext(settlesMs) {
        const saved = await everywhere('accounts', ({ ledgerTotals }) => ledgerTotals.saveNext(settlesMs));
        return saved.includes(true);
      },
    },
    paymentReads: {
      find: (id) => byId('payment', id, ({ paymentReads }) => paymentReads.find(id)),
      findFailed: (id) => byId('failed_payment', id, ({ paymentReads }) => paymentReads.findFailed(id)),
      async list(userId, page) {
        const pages = await everywhere('sales', ({ paymentReads }) => paymentReads.list(userId, page));
        return mergePages(pages, page, descendingById, ({ id }) => id);
      },
    },
    failedPaymentPurge: {
      purge: (...args) => sumOf(everywhere('sales', (reads) => reads.failedPaymentPurge.purge(...args))),
    },
  };
}
