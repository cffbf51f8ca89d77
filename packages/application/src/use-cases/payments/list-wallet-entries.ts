import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Ports } from '../../ports/ports.ts';

export type ListWalletEntries = (userId: UserId, page: PageRequest) => Promise<Page<WalletEntry>>;

export function createListWalletEntries({ walletReads }: Pick<Ports, 'walletReads'>): ListWalletEntries {
  return (userId, page) => walletReads.listEntries(userId, page);
}
