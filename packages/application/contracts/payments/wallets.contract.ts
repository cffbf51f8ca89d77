import { MONEY_MAX } from '@frontrow/domain/shared/money.ts';
import { type WalletEntry, type WalletEntryKind } from '@frontrow/domain/payments/wallet.ts';
import { describe, expect, it } from 'vitest';
import { newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from '../shared/contract-support.ts';
import type { UnitOfWork } from '../../src/ports/shared/unit-of-work.ts';

export function describeWalletsContract(
  name: string,
  open: OpenPorts<'transact' | 'walletReads' | 'ids'>,
): void {
  describe(`Wallets (${name})`, () => {
    const ports = usePorts(open);
    const find = (userId: string) => ports().walletReads.find(userId);
    const list = (userId: string, limit = 100) =>
      listAll((page) => ports().walletReads.listEntries(userId, page), limit);

    async function move(
      { wallets }: UnitOfWork,
      { userId, amount, kind = 'CHARGE' }: { userId: string; amount: number; kind?: WalletEntryKind },
    ): Promise<WalletEntry> {
      const { wallet, asOf } = await wallets.lock(userId);
      const paymentId = kind === 'CHARGE' ? null : ports().ids.next();
      const balanceAfter = wallet.balance + amount;
      const entry = {
        id: ports().ids.next(),
        userId,
        kind,
        amount,
        balanceAfter,
        paymentId,
        createdAt: asOf,
      };
      await wallets.append([entry]);
      return entry;
    }
    const charge = (userId: string, amount: number) =>
      write(ports(), (unit) => move(unit, { userId, amount }));

    it('has balance 0 and no entry for a new user', async () => {
      const userId = newUser(ports());
      expect(await find(userId)).toEqual({ userId, balance: 0 });
      expect(await list(userId)).toEqual([]);
      const { wallet } = await write(ports(), ({ wallets }) => wallets.lock(userId));
      expect(wallet).toEqual({ userId, balance: 0 });
    });

    it('keeps every entry as it was written, newest first, and the balance is their sum', async () => {
      const userId = newUser(ports());
      const written: WalletEntry[] = [];
      for (const [amount, kind] of [
        [50_000, 'CHARGE'],
        [-30_000, 'PAYMENT'],
        [30_000, 'REFUND'],
        [0, 'PAYMENT'],
        [-1, 'ADJUSTMENT'],
        [1, 'ADJUSTMENT'],
      ] as const)
        written.unshift(await write(ports(), (unit) => move(unit, { userId, amount, kind })));
      expect(await list(userId)).toEqual(written);
      expect(await list(userId, 1)).toEqual(written);
      expect(await list(userId, 3)).toEqual(written);
      expect(await find(userId)).toEqual({ userId, balance: 50_000 });
    });

    it('locks the wallets of many users at once, and creates missing ones', async () => {
      const [rich, poor] = [newUser(ports()), newUser(ports())];
      await charge(rich, 700);
      for (const mode of ['SKIP', 'WAIT'] as const) {
        const locked = await write(ports(), ({ wallets }) => wallets.lockAll([rich, poor], mode));
        expect([rich, poor].map((userId) => locked.get(userId)?.wallet)).toEqual([
          { userId: rich, balance: 700 },
          { userId: poor, balance: 0 },
        ]);
      }
    });

    it('keeps the largest amount exactly', async () => {
      const userId = newUser(ports());
      await charge(userId, MONEY_MAX - 1);
      await charge(userId, 1);
      expect(await find(userId)).toEqual({ userId, balance: MONEY_MAX });
    });

    it('shows its own writes inside the transaction', async () => {
      const userId = newUser(ports());
      const balances = await write(ports(), async (unit) => {
        await move(unit, { userId, amount: 700 });
        await move(unit, { userId, amount: -300, kind: 'PAYMENT' });
        return (await unit.wallets.lock(userId)).wallet.balance;
      });
      expect(balances).toBe(400);
    });

    it('loses none of many concurrent charges, also of a wallet that does not exist yet', async () => {
      const userId = newUser(ports());
      await Promise.all(Array.from({ length: 20 }, (_, i) => charge(userId, i + 1)));
      expect(await find(userId)).toEqual({ userId, balance: 210 });
      const entries = await list(userId);
      expect(entries.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
    });

    it('keeps the wallets of different users apart', async () => {
      const [one, other] = [newUser(ports()), newUser(ports())];
      await Promise.all([charge(one, 1), charge(other, 2)]);
      expect([(await find(one)).balance, (await find(other)).balance]).toEqual([1, 2]);
      expect((await list(one)).map(({ amount }) => amount)).toEqual([1]);
    });

    it('never goes below zero, and writes no entry that does not match the balance', async () => {
      const userId = newUser(ports());
      await charge(userId, 100);
      await expect(
        write(ports(), (unit) => move(unit, { userId, amount: -101, kind: 'PAYMENT' })),
      ).rejects.toBeInstanceOf(Error);
      expect(await find(userId)).toEqual({ userId, balance: 100 });
      expect(await list(userId)).toHaveLength(1);
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const userId = newUser(ports());
      await charge(userId, 100);
      await ports().transact(async (unit) => {
        await move(unit, { userId, amount: 900 });
        return REFUSED;
      }, 'STAFF');
      expect(await find(userId)).toEqual({ userId, balance: 100 });
      expect(await list(userId)).toHaveLength(1);
    });
  });
}
