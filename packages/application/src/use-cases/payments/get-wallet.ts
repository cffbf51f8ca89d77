import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Wallet } from '@frontrow/domain/payments/wallet.ts';
import type { Ports } from '../../ports/ports.ts';

export type GetWallet = (userId: UserId) => Promise<Wallet>;

export function createGetWallet({ walletReads }: Pick<Ports, 'walletReads'>): GetWallet {
  return (userId) => walletReads.find(userId);
}
