import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type {
  IdempotencyInProgress,
  IdempotencyKeyReused,
  WalletLimitExceeded,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type WalletEntry, charge } from '@frontrow/domain/payments/wallet.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';

export type ChargeWalletCommand = {
  readonly userId: UserId;
  readonly amount: Money;
  readonly request: IdempotentRequest;
};
export type ChargeWallet = (
  command: ChargeWalletCommand,
) => Promise<Result<Answer<WalletEntry>, WalletLimitExceeded | IdempotencyKeyReused | IdempotencyInProgress>>;

export function createChargeWallet({ transact, ids }: Pick<Ports, 'transact' | 'ids'>): ChargeWallet {
  return ({ userId, amount, request }) =>
    transact(({ idempotency, wallets }) =>
      idempotently(idempotency, request, async () => {
        const { wallet, asOf } = await wallets.lock(userId);
        const charged = charge(wallet, amount);
        if (!charged.ok) return charged;
        const id = ids.next();
        const entry: WalletEntry = { ...charged.value, id, userId, paymentId: null, createdAt: asOf };
        await wallets.append([entry]);
        return ok(entry);
      }),
    );
}
