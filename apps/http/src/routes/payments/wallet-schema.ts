import type { Wallet, WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { CURRENCY, MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { balance, id, instant, money, reason, userId } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

export const wallet = z
  .object({ balance, currency: z.literal(CURRENCY) })
  .meta({ id: 'Wallet', examples: [{ balance: 300_000, currency: CURRENCY }] });

export const newCharge = z
  .strictObject({
    amount: z.int().min(1).max(MONEY_MAX).meta({ description: 'Whole won' }),
    userId: userId.optional().meta({
      description:
        'Whose wallet, for which the token needs the scope `wallet:charge`. Without it your own, ' +
        'where `WALLET_CHARGES` is `open`; required otherwise',
    }),
  })
  .meta({ id: 'NewCharge', examples: [{ amount: 300_000, userId: EXAMPLE.userId }] });

export const charge = z.object({ entryId: id, amount: money, balanceAfter: balance }).meta({
  id: 'Charge',
  examples: [{ entryId: EXAMPLE.walletEntryId, amount: 300_000, balanceAfter: 300_000 }],
});

export const newAdjustment = z
  .strictObject({
    amount: z
      .int()
      .min(-MONEY_MAX)
      .max(MONEY_MAX)
      .refine((amount) => amount !== 0, 'must not be 0')
      .meta({ description: 'Whole won; negative takes money away' }),
    reason,
  })
  .meta({ id: 'NewAdjustment', examples: [{ amount: -20_000, reason: 'Charged twice by the bank' }] });

const entryExample = {
  entryId: EXAMPLE.walletEntryId,
  type: 'PAYMENT',
  amount: -240_000,
  balanceAfter: 60_000,
  paymentId: EXAMPLE.paymentId,
  createdAt: '2026-12-01T11:02:03.015Z',
};

export const walletEntry = z
  .object({
    entryId: id,
    type: z.enum(['CHARGE', 'PAYMENT', 'REFUND', 'ADJUSTMENT']),
    amount: z
      .int()
      .min(-MONEY_MAX)
      .max(MONEY_MAX)
      .meta({ description: 'Negative for money that leaves the wallet' }),
    balanceAfter: balance,
    paymentId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'WalletEntry', examples: [entryExample] });

export const walletEntryPage = pageOf(walletEntry).meta({
  id: 'WalletEntryPage',
  examples: [{ items: [entryExample], nextCursor: null }],
});

export function presentWallet(of: Wallet): z.output<typeof wallet> {
  return { balance: of.balance, currency: CURRENCY };
}

export function presentCharge({ id: entryId, amount, balanceAfter }: WalletEntry): z.output<typeof charge> {
  return { entryId, amount, balanceAfter };
}

export function presentWalletEntry(of: WalletEntry): z.output<typeof walletEntry> {
  return {
    entryId: of.id,
    type: of.kind,
    amount: of.amount,
    balanceAfter: of.balanceAfter,
    paymentId: of.paymentId,
    createdAt: formatInstant(of.createdAt),
  };
}
