import type { WalletReads, Wallets } from '@frontrow/application/ports/payments/wallets.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { Wallet } from '@frontrow/domain/payments/wallet.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

export function createMemoryWalletReads({ tables }: Pick<MemoryView, 'tables'>): WalletReads {
  return {
    find: async (userId) => walletOf(tables, userId),
    async listEntries(userId, page) {
      const own = [...rowsOf(tables.walletEntries)].filter((entry) => entry.userId === userId);
      return paginateById(own, page, 'NEWEST_FIRST');
    },
  };
}

export function createMemoryWallets({ tables, clock }: MemoryView): Wallets {
  const lock = (userId: UserId) => ({ wallet: walletOf(tables, userId), asOf: clock.now() });
  return {
    lock: async (userId) => lock(userId),
    lockAll: async (userIds) => new Map(userIds.map((userId) => [userId, lock(userId)])),
    async append(entries) {
      for (const entry of entries) {
        const { userId, amount, balanceAfter } = entry;
        const balance = sum([walletOf(tables, userId).balance, amount]);
        invariant(
          balance === balanceAfter && balance >= 0,
          `the ledger of ${userId} does not add up to ${balance}`,
        );
        tables.walletEntries.insert(entry.id, entry);
        tables.wallets.put(userId, { userId, balance });
      }
    },
  };
}

export function walletOf({ wallets }: Tables, userId: UserId): Wallet {
  return wallets.get(userId) ?? { userId, balance: 0 };
}
