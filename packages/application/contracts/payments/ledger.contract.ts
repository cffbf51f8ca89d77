import { describe, expect, it } from 'vitest';
import { newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, listAll, usePorts, write } from '../shared/contract-support.ts';

export function describeLedgerContract(
  name: string,
  open: OpenPorts<'transact' | 'ledgerReads' | 'ids'>,
): void {
  describe(`LedgerReads (${name})`, () => {
    const ports = usePorts(open);

    function charge(amount: number, createdAt: number) {
      const [id, userId] = [ports().ids.next(), newUser(ports())];
      const entry = { id, userId, kind: 'CHARGE', amount, balanceAfter: amount, paymentId: null } as const;
      return write(ports(), async ({ wallets }) => {
        await wallets.lock(userId);
        await wallets.append([{ ...entry, createdAt }]);
        return { ...entry, createdAt };
      });
    }

    it('lists the entries of a time over all wallets, oldest first, and sums what was before', async () => {
      // Far from the entries of other suites on the same database.
      const day = Date.parse('2001-02-03T00:00:00.000Z');
      await charge(1, day - 1);
      const first = await charge(20, day);
      const second = await charge(300, day);
      const last = await charge(4_000, day + 86_399_999);
      await charge(50_000, day + 86_400_000);
      const range = { from: day, until: day + 86_400_000 };
      const list = (limit: number) => listAll((page) => ports().ledgerReads.list(range, page), limit);
      for (const limit of [1, 2, 100]) expect(await list(limit)).toEqual([first, second, last]);
      const opening = await ports().ledgerReads.sumBefore(range.from);
      const closing = await ports().ledgerReads.sumBefore(range.until);
      expect([opening, closing]).toEqual([1, 4_321]);
    });

    it('sums nothing before the first entry', async () => {
      expect(await ports().ledgerReads.sumBefore(0)).toBe(0);
    });
  });
}
