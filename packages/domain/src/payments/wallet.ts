import type { PaymentId, UserId, WalletEntryId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { invariant } from '../shared/invariant.ts';
import { MONEY_MAX, type Money, sum } from '../shared/money.ts';
import type { InsufficientBalance, WalletLimitExceeded } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

export type Wallet = { readonly userId: UserId; readonly balance: Money };

export type WalletEntryKind = 'CHARGE' | 'PAYMENT' | 'REFUND' | 'ADJUSTMENT';

/** A line of the append-only ledger. The balance of a wallet is the sum of its amounts. */
export type WalletEntry = {
  readonly id: WalletEntryId;
  readonly userId: UserId;
  readonly kind: WalletEntryKind;
  /** Positive for a charge or refund, negative for a payment, either for an adjustment. */
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly paymentId: PaymentId | null;
  readonly createdAt: Instant;
};

type Movement = Pick<WalletEntry, 'kind' | 'amount' | 'balanceAfter'>;

export function charge(wallet: Wallet, amount: Money): Result<Movement, WalletLimitExceeded> {
  invariant(Number.isSafeInteger(amount) && amount > 0, `a charge is a positive integer, got ${amount}`);
  const balanceAfter = wallet.balance + amount;
  if (balanceAfter > MONEY_MAX) return refuse({ code: 'WALLET_LIMIT_EXCEEDED', balanceMax: MONEY_MAX });
  return ok({ kind: 'CHARGE', amount, balanceAfter });
}

export function spend(wallet: Wallet, amount: Money): Result<Movement, InsufficientBalance> {
  invariant(Number.isSafeInteger(amount) && amount >= 0, `a price is a whole amount, got ${amount}`);
  const { balance } = wallet;
  if (balance < amount) return refuse({ code: 'INSUFFICIENT_BALANCE', balance, amount });
  return ok({ kind: 'PAYMENT', amount: amount === 0 ? 0 : -amount, balanceAfter: balance - amount });
}

/** Corrects a wallet by staff. `amount` is positive or negative; the balance stays within the limits of a wallet. */
export function adjust(
  wallet: Wallet,
  amount: Money,
): Result<Movement, InsufficientBalance | WalletLimitExceeded> {
  invariant(Number.isSafeInteger(amount) && amount !== 0, `an adjustment is an integer, got ${amount}`);
  const moved = amount > 0 ? charge(wallet, amount) : spend(wallet, -amount);
  return moved.ok ? ok({ ...moved.value, kind: 'ADJUSTMENT' }) : moved;
}

/** A wallet takes every refund, also beyond `MONEY_MAX`, which limits charges alone: the money is the user's already. */
export function payBack(wallet: Wallet, amount: Money): Movement {
  invariant(Number.isSafeInteger(amount) && amount >= 0, `a refund is a whole amount, got ${amount}`);
  return { kind: 'REFUND', amount, balanceAfter: sum([wallet.balance, amount]) };
}
