import type { Clock } from '../ports/shared/clock.ts';
import { setBounded } from './set-bounded.ts';

type RecentReadsOptions = {
  /** A read answers the requests of its period; the periods follow the clock, so that keys grow old together. */
  readonly periodMs: number;
  /** At most so many keys are kept; a new one drops the oldest. */
  readonly keysMax: number;
};

/**
 * Lets requests share reads that may be a little old. A request begins one read of all its keys that nobody has read in
 * the present period, and shares the others, which may still run. The values are in the order of the keys. A read that fails
 * answers only those who wait for it.
 */
export function createRecentReads<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  clock: Clock,
  { periodMs, keysMax }: RecentReadsOptions,
): (keys: readonly string[]) => Promise<readonly (Value | undefined)[]> {
  type Kept = { readonly period: number; readonly values: Promise<ReadonlyMap<string, Value>> };
  const reads = new Map<string, Kept>();

  function begin(keys: readonly string[], period: number): Kept {
    const kept: Kept = { period, values: read(keys) };
    for (const key of keys) setBounded(reads, key, kept, keysMax);
    kept.values.catch(() => {
      for (const key of keys) if (reads.get(key) === kept) reads.delete(key);
    });
    return kept;
  }

  return async (keys) => {
    const period = Math.floor(clock.now() / periodMs);
    const recent = keys.map((key) => {
      const kept = reads.get(key);
      return kept?.period === period ? kept : null;
    });
    const missing = keys.filter((_, index) => recent[index] === null);
    const begun = missing.length === 0 ? null : begin(missing, period);
    const values: (Value | undefined)[] = [];
    for (const [index, key] of keys.entries()) {
      const kept = recent[index] ?? begun;
      values.push((await kept?.values)?.get(key));
    }
    return values;
  };
}
