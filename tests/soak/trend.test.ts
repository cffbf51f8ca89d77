import { describe, expect, it } from 'vitest';
import { trendOf } from '../../scripts/soak/trend.ts';

const series = (count: number, value: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => ({ seconds: 20 * index, value: value(index) }));

describe('a trend', () => {
  it('is flat for a constant, also with noise', () => {
    expect(
      trendOf(
        series(40, () => 100),
        0,
      ),
    ).toEqual({ first: 100, last: 100, perHour: 0, isFlat: true });
    expect(
      trendOf(
        series(40, (index) => 100 + (index % 2)),
        0,
      ).isFlat,
    ).toBe(true);
  });

  it('is flat for what grows at the start alone, or falls', () => {
    expect(
      trendOf(
        series(40, (index) => Math.min(index, 15)),
        0,
      ).isFlat,
    ).toBe(true);
    expect(
      trendOf(
        series(40, (index) => -index),
        0,
      ).isFlat,
    ).toBe(true);
  });

  it('is not flat for what grows without an end', () => {
    const trend = trendOf(
      series(40, (index) => 100 + 5 * index),
      0,
    );
    expect(trend.isFlat).toBe(false);
    expect(trend.perHour).toBeCloseTo(5 * 180);
    expect(
      trendOf(
        series(40, (index) => 100 + 5 * index),
        1_000,
      ).isFlat,
    ).toBe(true);
  });

  it('is no verdict on a few minutes', () => {
    expect(
      trendOf(
        series(10, (index) => index),
        0,
      ).isFlat,
    ).toBeNull();
  });
});
