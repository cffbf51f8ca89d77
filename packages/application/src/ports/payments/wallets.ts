import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Wallet, WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type WalletReads = {
  /** Balance 0 for a user without a wallet. */
  find(userId: UserId): Promise<Wallet>;
  /** The ledger, newest first. */
  listEntries(userId: UserId, page: PageRequest): Promise<Page<WalletEntry>>;
};

export type Wallets = {
  /** Locks the wallet, and creates a missing one. `asOf` is the database's clock, read after the lock was acquired. */
  lock(userId: UserId): Promise<{ readonly wallet: Wallet; readonly asOf: Instant }>;
  /**
   * Appends the entries, of distinct users, and adds their amounts to the balances. The transaction must have locked the
   * wallets.
   */
  append(entries: readonly WalletEntry[]): Promise<void>;
};
