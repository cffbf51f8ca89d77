import type { Ports } from '../../ports/ports.ts';

/** Saves the sums of the ledger at past hours, so that staff read the sum before a day at once. */
export type SaveLedgerTotals = () => Promise<void>;

/** Longer than any transaction can stay open: see docs/decisions/0050-save-the-sum-of-the-ledger-at-each-hour.md. */
const SETTLES_MS = 60 * 60 * 1000;
/** Six weeks of hours in one run, where a ledger has none. */
const SAVES_MAX = 1_000;

export function createSaveLedgerTotals({ ledgerTotals }: Pick<Ports, 'ledgerTotals'>): SaveLedgerTotals {
  return async () => {
    for (let saves = 0; saves < SAVES_MAX; saves += 1) {
      if (!(await ledgerTotals.saveNext(SETTLES_MS))) return;
    }
  };
}
