import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Wallet, WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import type { LockMode } from '../shared/lock-mode.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type WalletReads = {
  /** Balance 0 for a user without a wallet. */
  find(userId: UserId): Promise<Wallet>;
  /** The ledger, newest first. */
  listEntries(userId: UserId, page: PageRequest): Promise<Page<WalletEntry>>;
};

/** A locked wallet. `asOf` is the database's clock, read after the lock was acquired. */
export type LockedWallet = { readonly wallet: Wallet; readonly asOf: Instant };

export type Wallets = {
  /** Locks the wallet, and creates a missing one. */
  lock(userId: UserId): Promise<LockedWallet>;
  /**
   * Locks the wallets of distinct users, and creates missing ones. In the mode SKIP, one that another transaction has
   * locked is not in the answer.
   */
  lockAll(userIds: readonly UserId[], mode: LockMode): Promise<ReadonlyMap<UserId, LockedWallet>>;
  /**
   * Appends the entries, of distinct users, and adds their amounts to the balances. The transaction must have locked the
   * wallets.
   */
  append(entries: readonly WalletEntry[]): Promise<void>;
};
