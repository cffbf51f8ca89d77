import { expect, it } from 'vitest';
import { waitBucketOf, waitPercentiles } from '../../../src/waiting-room/wait-estimate/wait-histogram.ts';

function histogramOf(waitsMs: readonly number[]): Map<number, number> {
  const histogram = new Map<number, number>();
  for (const wait of waitsMs) histogram.set(waitBucketOf(wait), (histogram.get(waitBucketOf(wait)) ?? 0) + 1);
  return histogram;
}

it('has percentiles within 20 % of the exact ones', () => {
  const waitsMs = Array.from({ length: 1_000 }, (_, index) => (index + 1) * 1_000);
  const percentiles = waitPercentiles(histogramOf(waitsMs));
  for (const [estimated, exact] of [
    [percentiles?.p50Ms, 500_000],
    [percentiles?.p90Ms, 900_000],
    [percentiles?.p99Ms, 990_000],
  ] as const) {
    expect(estimated).toBeGreaterThanOrEqual(exact);
    expect(estimated).toBeLessThanOrEqual(exact * 1.2 + 1);
  }
});

it('counts a wait of 0 ms as at most a second, and is null without waits', () => {
  expect(waitPercentiles(histogramOf([0, 0, 5]))).toEqual({ p50Ms: 1_000, p90Ms: 1_000, p99Ms: 1_000 });
  expect(waitPercentiles(new Map())).toBeNull();
});

it('has a bucket that grows with the wait', () => {
  const buckets = [0, 999, 1_000, 1_199, 1_201, 60_000, 3_600_000].map(waitBucketOf);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  expect(waitBucketOf(999)).toBe(0);
  expect(waitBucketOf(1_000)).toBe(1);
});
