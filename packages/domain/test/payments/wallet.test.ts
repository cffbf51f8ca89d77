import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvariantViolation } from '../../src/shared/invariant.ts';
import { MONEY_MAX, sum } from '../../src/shared/money.ts';
import { type Wallet, adjust, charge, payBack, spend } from '../../src/payments/wallet.ts';

const walletOf = (balance: number): Wallet => ({ userId: 'u1', balance });

describe('a wallet', () => {
  it('is the sum of its movements, never negative and never above the largest balance', () => {
    const amount = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: MONEY_MAX }));
    const movements = fc.array(fc.record({ isCharge: fc.boolean(), amount }), { maxLength: 40 });
    fc.assert(
      fc.property(movements, (wanted) => {
        const ledger: number[] = [];
        for (const each of wanted) {
          const wallet = walletOf(sum(ledger));
          const moved = each.isCharge ? charge(wallet, each.amount) : spend(wallet, each.amount);
          const expected = wallet.balance + (each.isCharge ? each.amount : -each.amount);
          expect(moved.ok).toBe(expected >= 0 && expected <= MONEY_MAX);
          if (!moved.ok) continue;
          ledger.push(moved.value.amount);
          expect(sum(ledger)).toBe(moved.value.balanceAfter);
        }
      }),
    );
  });

  it.each([
    [
      'charges up to the largest balance',
      charge(walletOf(MONEY_MAX - 1), 1),
      { kind: 'CHARGE', amount: 1, balanceAfter: MONEY_MAX },
    ],
    ['is adjusted up', adjust(walletOf(5), 7), { kind: 'ADJUSTMENT', amount: 7, balanceAfter: 12 }],
    [
      'is adjusted down to nothing',
      adjust(walletOf(7), -7),
      { kind: 'ADJUSTMENT', amount: -7, balanceAfter: 0 },
    ],
    ['spends down to nothing', spend(walletOf(500), 500), { kind: 'PAYMENT', amount: -500, balanceAfter: 0 }],
    ['spends nothing from nothing', spend(walletOf(0), 0), { kind: 'PAYMENT', amount: 0, balanceAfter: 0 }],
  ])('%s', (_, moved, movement) => {
    expect(moved).toEqual({ ok: true, value: movement });
  });

  it('takes every refund, also past the largest balance', () => {
    const movement = { kind: 'REFUND', amount: 5, balanceAfter: MONEY_MAX + 4 };
    expect(payBack(walletOf(MONEY_MAX - 1), 5)).toEqual(movement);
  });

  it.each([
    [
      'a charge past the largest balance',
      charge(walletOf(MONEY_MAX), 1),
      { code: 'WALLET_LIMIT_EXCEEDED', balanceMax: MONEY_MAX },
    ],
    [
      'an adjustment past the largest balance',
      adjust(walletOf(MONEY_MAX), 1),
      { code: 'WALLET_LIMIT_EXCEEDED', balanceMax: MONEY_MAX },
    ],
    [
      'an adjustment below nothing',
      adjust(walletOf(499), -500),
      { code: 'INSUFFICIENT_BALANCE', balance: 499, amount: 500 },
    ],
    [
      'a payment of one won too much',
      spend(walletOf(499), 500),
      { code: 'INSUFFICIENT_BALANCE', balance: 499, amount: 500 },
    ],
  ])('refuses %s', (_, moved, refusal) => {
    expect(moved).toEqual({ ok: false, refusal });
  });

  it.each([
    ['a charge of nothing', () => charge(walletOf(0), 0)],
    ['a negative charge', () => charge(walletOf(0), -1)],
    ['a charge of a fraction', () => charge(walletOf(0), 0.5)],
    ['an adjustment by nothing', () => adjust(walletOf(1), 0)],
    ['an adjustment by a fraction', () => adjust(walletOf(1), -0.5)],
    ['a negative price', () => spend(walletOf(0), -1)],
    ['a negative refund', () => payBack(walletOf(0), -1)],
    ['a price that is no number', () => spend(walletOf(0), Number.NaN)],
  ])('never accepts %s', (_, act) => {
    expect(act).toThrow(InvariantViolation);
  });
});

describe('sum', () => {
  it('adds whole amounts exactly', () => {
    expect([sum([]), sum([5]), sum([MONEY_MAX, -MONEY_MAX, 1])]).toEqual([0, 5, 1]);
  });

  it.each([[[0.1, 0.2]], [[Number.MAX_SAFE_INTEGER, 1]], [[Number.NaN]]])(
    'does not lose money in %j',
    (amounts) => {
      expect(() => sum(amounts)).toThrow(InvariantViolation);
    },
  );
});
