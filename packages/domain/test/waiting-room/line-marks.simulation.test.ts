import { describe, expect, it } from 'vitest';
import { CLUMPS, SHARES, simulateLines } from '../simulation/marked-line.ts';

const FANS = 100_000;
const lines = simulateLines(FANS);

describe('positions by 50 marks in a line of 100,000 fans', () => {
  it.each(lines)('are never too low after $share of them have left in runs of up to $clump', ({ errors }) => {
    expect(errors.marks.length).toBeLessThanOrEqual(50);
    expect(errors.tooLow).toBe(0);
  });

  it.each(lines)('are nearly right after $share have left in runs of up to $clump', ({ share, errors }) => {
    expect(errors.max).toBeLessThanOrEqual(share === 0.1 ? 1_200 : 4_000);
    expect(errors.mean).toBeLessThanOrEqual(share === 0.1 ? 350 : 1_200);
  });

  it('covers every share and every clump', () => {
    expect(lines).toHaveLength(SHARES.length * CLUMPS.length);
    for (const { share, errors } of lines) expect(errors.waiting).toBe(FANS - share * FANS);
  });
});
