/** How many waits fell into each bucket; the buckets grow by a fifth of their length, so percentiles are that exact. */
export type WaitHistogram = ReadonlyMap<number, number>;

export type WaitPercentiles = { readonly p50Ms: number; readonly p90Ms: number; readonly p99Ms: number };

/** The first bucket ends at this wait; each later one is longer than the one before by this factor. */
export const WAIT_BUCKET_FIRST_MS = 1_000;
export const WAIT_BUCKET_GROWTH = 1.2;

/** The bucket of a wait: 0 up to a second, then each a fifth longer than the one before. */
export function waitBucketOf(waitMs: number): number {
  if (waitMs < WAIT_BUCKET_FIRST_MS) return 0;
  return 1 + Math.floor(Math.log(waitMs / WAIT_BUCKET_FIRST_MS) / Math.log(WAIT_BUCKET_GROWTH));
}

/** The upper ends of the buckets that half, nine tenths and 99 % of the waits fall into. Null before the first wait. */
export function waitPercentiles(histogram: WaitHistogram): WaitPercentiles | null {
  const buckets = [...histogram].toSorted(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const percentile = (share: number) => {
    let seen = 0;
    for (const [bucket, count] of buckets) {
      seen += count;
      if (seen >= share * total) return Math.round(WAIT_BUCKET_FIRST_MS * WAIT_BUCKET_GROWTH ** bucket);
    }
    return 0;
  };
  return { p50Ms: percentile(0.5), p90Ms: percentile(0.9), p99Ms: percentile(0.99) };
}
