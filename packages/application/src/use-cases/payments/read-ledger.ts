import type { WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import { type Money, sum } from '@frontrow/domain/shared/money.ts';
import type { InstantRange } from '../../ports/catalog/catalog.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import { readAllPages } from '../../shared/read-all-pages.ts';

/** A page of the entries of a time, with what all wallets together contained before and after it. */
export type LedgerPage = Page<WalletEntry> & { readonly opening: Money; readonly closing: Money };
export type ListLedger = (range: InstantRange, page: PageRequest) => Promise<LedgerPage>;

/** Staff read the ledgers of all wallets, oldest entry first. */
export function createListLedger({ ledgerReads }: Pick<Ports, 'ledgerReads'>): ListLedger {
  return async (range, page) => {
    const opening = await ledgerReads.sumBefore(range.from);
    const closing = await ledgerReads.sumBefore(range.until);
    return { ...(await ledgerReads.list(range, page)), opening, closing };
  };
}

export type LedgerExport = {
  readonly opening: Money;
  /** Returns the closing sum: the opening one and every entry. */
  readonly batches: AsyncGenerator<readonly WalletEntry[], Money>;
};
export type ExportLedger = (range: InstantRange) => Promise<LedgerExport>;

/** The same without pages, for any number of entries. */
export function createExportLedger({ ledgerReads }: Pick<Ports, 'ledgerReads'>): ExportLedger {
  return async (range) => {
    const opening = await ledgerReads.sumBefore(range.from);
    async function* readBatches(): AsyncGenerator<readonly WalletEntry[], Money> {
      let total = opening;
      for await (const batch of readAllPages((page) => ledgerReads.list(range, page))) {
        total = sum([total, ...batch.map(({ amount }) => amount)]);
        yield batch;
      }
      return total;
    }
    return { opening, batches: readBatches() };
  };
}
