import { describe, expect, it } from 'vitest';
import { estimateErrorOf } from '../../../src/waiting-room/wait-estimate/estimate-error.ts';

const waitOf = (realisedMs: number) => ({ medianMs: 10_000, p90Ms: 14_000, realisedMs });

describe('estimateErrorOf', () => {
  it('is null before the first wait', () => {
    expect(estimateErrorOf([])).toBeNull();
  });

  it('has the median of the differences either way, and the share of waits within the p90', () => {
    expect(estimateErrorOf([9_000, 13_000, 14_000, 19_000].map((ms) => waitOf(ms)))).toEqual({
      samples: 4,
      medianMs: 3_000,
      coverage: 0.75,
    });
  });
});
