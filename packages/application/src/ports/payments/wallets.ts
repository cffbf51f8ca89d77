import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Wallet, WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type WalletReads = {
  /** Balance 0 for a user never seen. */
  find(userId: UserId): Promise<Wallet>;
  /** The ledger, newest first. */
  listEntries(userId: UserId, page: PageRequest): Promise<Page<WalletEntry>>;
};

export type Wallets = {
  /** Opens the wallet of a user never seen. `asOf` is the database's clock after the lock was there. */
  lock(userId: UserId): Promise<{ readonly wallet: Wallet; readonly asOf: Instant }>;
  /** Appends the entry and moves the balance of the wallet, which this transaction has locked, by its amount. */
  append(entry: WalletEntry): Promise<void>;
};
