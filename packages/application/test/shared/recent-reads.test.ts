import { describe, expect, it } from 'vitest';
import { createRecentReads } from '../../src/shared/recent-reads.ts';

/** Recent reads by a clock that the test sets; each read is answered by its number. */
function createNumberedReads(keysMax = 10) {
  const clock = { at: 10_000 };
  let reads = 0;
  const readRecent = createRecentReads(
    async () => {
      reads += 1;
      return reads;
    },
    { now: () => clock.at },
    { maxAgeMs: 1_000, keysMax },
  );
  return { clock, readRecent };
}

describe('a recent read', () => {
  it('answers all requests for its key that arrive within its age, also while it runs', async () => {
    const { clock, readRecent } = createNumberedReads();
    expect(await Promise.all([readRecent('a'), readRecent('a'), readRecent('b')])).toEqual([1, 1, 2]);
    clock.at += 999;
    expect(await readRecent('a')).toBe(1);
    clock.at += 1;
    expect(await readRecent('a')).toBe(3);
    expect(await readRecent('a')).toBe(3);
  });

  it('is not used after the clock was set back', async () => {
    const { clock, readRecent } = createNumberedReads();
    await readRecent('a');
    clock.at -= 1;
    expect(await readRecent('a')).toBe(2);
  });

  it('is dropped when it is the oldest of too many', async () => {
    const { clock, readRecent } = createNumberedReads(2);
    await readRecent('a');
    await readRecent('b');
    clock.at += 1_000;
    expect(await readRecent('a')).toBe(3);
    expect(await readRecent('c')).toBe(4);
    expect([await readRecent('a'), await readRecent('b')]).toEqual([3, 5]);
  });

  it('is not kept when it fails', async () => {
    let isDown = true;
    const readRecent = createRecentReads(
      () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve('up')),
      { now: () => 0 },
      { maxAgeMs: 1_000, keysMax: 10 },
    );
    const failed = await Promise.allSettled([readRecent('a'), readRecent('a')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect(await readRecent('a')).toBe('up');
  });
});
