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
