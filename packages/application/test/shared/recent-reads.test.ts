import { describe, expect, it } from 'vitest';
import { createRecentReads } from '../../src/shared/recent-reads.ts';

/** Recent reads by a clock that the test sets; each key is answered by the number of its read. */
function createNumberedReads(keysMax = 10) {
  const clock = { at: 10_000 };
  const reads: (readonly string[])[] = [];
  const readRecent = createRecentReads(
    async (keys) => {
      const number = reads.push(keys);
      return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, number]));
    },
    { now: () => clock.at },
    { periodMs: 1_000, keysMax },
  );
  const readOne = async (key: string) => (await readRecent([key]))[0];
  return { clock, reads, readRecent, readOne };
}

describe('a recent read', () => {
  it('answers all requests for its key that arrive within its period, also while it runs', async () => {
    const { clock, readOne } = createNumberedReads();
    expect(await Promise.all([readOne('a'), readOne('a'), readOne('b')])).toEqual([1, 1, 2]);
    clock.at += 999;
    expect(await readOne('a')).toBe(1);
    clock.at += 1;
    expect(await readOne('a')).toBe(3);
    expect(await readOne('a')).toBe(3);
  });

  it('reads only the keys of a request that nobody has read in the period, and those together', async () => {
    const { clock, reads, readRecent } = createNumberedReads();
    const keys = ['a', 'b', 'unknown', 'c'];
    await readRecent(['b']);
    const [one, other] = await Promise.all([readRecent(keys), readRecent(keys)]);
    expect(one).toEqual([2, 1, undefined, 2]);
    expect(other).toEqual(one);
    clock.at += 1_000;
    await readRecent(keys);
    expect(reads).toEqual([['b'], ['a', 'unknown', 'c'], keys]);
  });

  it('is not used after the clock was set back into the period before', async () => {
    const { clock, readOne } = createNumberedReads();
    await readOne('a');
    clock.at -= 1;
    expect(await readOne('a')).toBe(2);
  });

  it('is dropped when it is the oldest of too many, but answers the request that drops it', async () => {
    const { clock, readOne, readRecent } = createNumberedReads(2);
    await readOne('a');
    await readOne('b');
    clock.at += 1_000;
    expect(await readOne('a')).toBe(3);
    expect(await readOne('c')).toBe(4);
    expect([await readOne('a'), await readOne('b')]).toEqual([3, 5]);
    expect(await readRecent(['c', 'd', 'e'])).toEqual([4, 6, 6]);
    expect(await readOne('c')).toBe(7);
  });

  it('is not kept when it fails', async () => {
    let isDown = true;
    const readRecent = createRecentReads(
      () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(new Map([['a', 'up']]))),
      { now: () => 0 },
      { periodMs: 1_000, keysMax: 10 },
    );
    const failed = await Promise.allSettled([readRecent(['a']), readRecent(['a'])]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    expect((await readRecent(['a']))[0]).toBe('up');
  });
});
