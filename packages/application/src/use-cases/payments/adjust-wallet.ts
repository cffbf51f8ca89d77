import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type {
  IdempotencyInProgress,
  IdempotencyKeyReused,
  InsufficientBalance,
  WalletLimitExceeded,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type WalletEntry, adjust } from '@frontrow/domain/payments/wallet.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';

export type AdjustWalletCommand = {
  readonly userId: UserId;
  /** Not 0. */
  readonly amount: Money;
  readonly reason: string;
  readonly request: IdempotentRequest;
  readonly by: AdminRequest;
};
export type AdjustWallet = (
  command: AdjustWalletCommand,
) => Promise<
  Result<
    Answer<WalletEntry>,
    InsufficientBalance | WalletLimitExceeded | IdempotencyKeyReused | IdempotencyInProgress
  >
>;

/** Staff correct the balance of a user. */
export function createAdjustWallet({ transact, ids }: Pick<Ports, 'transact' | 'ids'>): AdjustWallet {
  return ({ userId, amount, reason, request, by }) =>
    transact(
      ({ idempotency, wallets, auditLog }) =>
        idempotently(idempotency, request, async () => {
          const { wallet, asOf } = await wallets.lock(userId);
          const adjusted = adjust(wallet, amount);
          if (!adjusted.ok) return adjusted;
          const id = ids.next();
          const entry: WalletEntry = { ...adjusted.value, id, userId, paymentId: null, createdAt: asOf };
          await wallets.append([entry]);
          await auditLog.append({ by, target: `wallet/${userId}`, before: wallet, after: entry, reason });
          return ok(entry);
        }),
      { userId },
    );
}
