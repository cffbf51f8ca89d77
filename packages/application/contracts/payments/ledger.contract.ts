import { describe, expect, it } from 'vitest';
import { newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, listAll, usePorts, write } from '../shared/contract-support.ts';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

export function describeLedgerContract(
  name: string,
  open: OpenPorts<'transact' | 'ledgerReads' | 'ledgerTotals' | 'ids'>,
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

    /** Two workers do it at once. */
    async function saveTotals() {
      const { ledgerTotals } = ports();
      const save = () => ledgerTotals.saveNext(HOUR_MS);
      while ((await Promise.all([save(), save()])).includes(true));
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
      const sums = async () => {
        const { ledgerReads } = ports();
        return Promise.all([range.from, range.until, day + 1].map((at) => ledgerReads.sumBefore(at)));
      };
      expect(await sums()).toEqual([1, 4_321, 321]);
      await saveTotals();
      expect(await sums()).toEqual([1, 4_321, 321]);
    });

    it('counts an entry that is committed late, because the totals of recent hours are not saved', async () => {
      const at = Date.now() - HOUR_MS + MINUTE_MS;
      await charge(1, at);
      const before = await ports().ledgerReads.sumBefore(Date.now() + 1);
      await saveTotals();
      await charge(20, at);
      expect(await ports().ledgerReads.sumBefore(Date.now() + 1)).toBe(before + 20);
    });

    it('sums nothing before the first entry', async () => {
      expect(await ports().ledgerReads.sumBefore(0)).toBe(0);
    });
  });
}
