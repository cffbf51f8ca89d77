import { expect, it } from 'vitest';
import { waitBucketOf, waitPercentiles } from '../../../src/waiting-room/wait-estimate/wait-histogram.ts';

function histogramOf(waitsMs: readonly number[]): Map<number, number> {
  const histogram = new Map<number, number>();
  for (const wait of waitsMs) histogram.set(waitBucketOf(wait), (histogram.get(waitBucketOf(wait)) ?? 0) + 1);
  return histogram;
}

it('tells percentiles to a fifth of their length', () => {
  const waitsMs = Array.from({ length: 1_000 }, (_, index) => (index + 1) * 1_000);
  const percentiles = waitPercentiles(histogramOf(waitsMs));
  for (const [told, exact] of [
    [percentiles?.p50Ms, 500_000],
    [percentiles?.p90Ms, 900_000],
    [percentiles?.p99Ms, 990_000],
  ] as const) {
    expect(told).toBeGreaterThanOrEqual(exact);
    expect(told).toBeLessThanOrEqual(exact * 1.2 + 1);
  }
});

it('calls a wait that was none at most a second, and knows nothing before the first', () => {
  expect(waitPercentiles(histogramOf([0, 0, 5]))).toEqual({ p50Ms: 1_000, p90Ms: 1_000, p99Ms: 1_000 });
  expect(waitPercentiles(new Map())).toBeNull();
});

it('puts a longer wait into no earlier bucket', () => {
  const buckets = [0, 999, 1_000, 1_199, 1_201, 60_000, 3_600_000].map(waitBucketOf);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  expect(waitBucketOf(999)).toBe(0);
  expect(waitBucketOf(1_000)).toBe(1);
});
