import type { Clock } from '../ports/shared/clock.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';

type RecentReadsOptions = {
  /** How long after its start a read still answers new requests. */
  readonly maxAgeMs: number;
  /** At most so many reads are kept; a new one drops the oldest. */
  readonly keysMax: number;
};

/**
 * Lets requests share reads that may be a little old: a request gets the read of its key that began less than `maxAgeMs`
 * ago, which may still run, and otherwise begins one. A read that fails answers only those who wait for it.
 */
export function createRecentReads<Value>(
  read: (key: string) => Promise<Value>,
  clock: Clock,
  { maxAgeMs, keysMax }: RecentReadsOptions,
): (key: string) => Promise<Value> {
  const reads = new Map<string, { readonly begunAt: Instant; readonly value: Promise<Value> }>();

  function begin(key: string, begunAt: Instant): Promise<Value> {
    const kept = { begunAt, value: read(key) };
    // Deleted first, so that the keys stay in the order of their reads.
    reads.delete(key);
    reads.set(key, kept);
    const [oldest] = reads.keys();
    if (reads.size > keysMax && oldest !== undefined) reads.delete(oldest);
    kept.value.catch(() => {
      if (reads.get(key) === kept) reads.delete(key);
    });
    return kept.value;
  }

  return (key) => {
    const now = clock.now();
    const recent = reads.get(key);
    const ageMs = recent === undefined ? maxAgeMs : now - recent.begunAt;
    // The age is negative after the clock was set back.
    return recent !== undefined && ageMs >= 0 && ageMs < maxAgeMs ? recent.value : begin(key, now);
  };
}
