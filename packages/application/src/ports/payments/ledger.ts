import type { WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type { InstantRange } from '../catalog/catalog.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** Reads the ledgers of all wallets together. */
export type LedgerReads = {
  /** The entries of the time, oldest first. */
  list(range: InstantRange, page: PageRequest): Promise<Page<WalletEntry>>;
  /** The sum of all entries before the instant: what all wallets together contained then. */
  sumBefore(instant: Instant): Promise<Money>;
};

/** Sums of the ledger at full hours. `LedgerReads` computes later sums from the latest of them. */
export type LedgerTotals = {
  /**
   * Saves the sum at the end of the first hour with entries after the latest saved one. Saves nothing, and returns false,
   * unless that hour has been over for `settlesMs`: a transaction that commits later than that with an older time would
   * be missing. Concurrent calls save one sum.
   */
  saveNext(settlesMs: number): Promise<boolean>;
};
