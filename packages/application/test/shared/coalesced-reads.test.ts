import { describe, expect, it, vi } from 'vitest';
import { createCoalescedReads } from '../../src/shared/coalesced-reads.ts';

/** Coalesced reads whose single reads end on request. */
function createControlledRead(options?: { gapMs: number }) {
  const runs: { key: string; requests: readonly string[]; end: PromiseWithResolvers<number> }[] = [];
  const read = createCoalescedReads((key, requests: readonly string[]) => {
    const end = Promise.withResolvers<number>();
    runs.push({ key, requests, end });
    return end.promise;
  }, options);
  return { runs, read };
}

/** A read begins at the end of an iteration of the event loop. */
const endOfIteration = () => new Promise(setImmediate);

describe('a coalesced read', () => {
  it('answers all requests that arrive while the one before it runs', async () => {
    const { runs, read } = createControlledRead();
    const first = read('a', 'one');
    await endOfIteration();
    const [second, third] = [read('a', 'two'), read('a', 'three')];
    await endOfIteration();
    expect(runs.map(({ requests }) => requests)).toEqual([['one']]);
    runs[0]!.end.resolve(1);
    expect(await first).toBe(1);
    await endOfIteration();
    runs[1]!.end.resolve(2);
    expect(await Promise.all([second, third])).toEqual([2, 2]);
    expect(runs.map(({ requests }) => requests)).toEqual([['one'], ['two', 'three']]);
  });

  it('does not answer a request that arrives after it began', async () => {
    const { runs, read } = createControlledRead();
    const first = read('a', 'one');
    await endOfIteration();
    const second = read('a', 'two');
    runs[0]!.end.resolve(1);
    await first;
    await endOfIteration();
    const late = read('a', 'late');
    runs[1]!.end.resolve(2);
    await second;
    await endOfIteration();
    runs[2]!.end.resolve(3);
    expect(await late).toBe(3);
  });

  it('answers all requests of one iteration of the event loop, repeated ones included', async () => {
    const { runs, read } = createControlledRead();
    const [first, second] = [read('a', 'one'), read('a', 'two')];
    await endOfIteration();
    const waiting = read('a', 'three');
    runs[0]!.end.resolve(1);
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    const again = read('a', 'one');
    await endOfIteration();
    runs[1]!.end.resolve(2);
    expect(await Promise.all([waiting, again])).toEqual([2, 2]);
    expect(runs.map(({ requests }) => requests)).toEqual([
      ['one', 'two'],
      ['three', 'one'],
    ]);
  });

  it('begins a gap after the one before, and answers all requests that arrive until then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    try {
      const { runs, read } = createControlledRead({ gapMs: 10 });
      const first = read('a', 'one');
      await endOfIteration();
      await vi.advanceTimersByTimeAsync(4);
      runs[0]!.end.resolve(1);
      await first;
      const again = read('a', 'one');
      await endOfIteration();
      await vi.advanceTimersByTimeAsync(5);
      const late = read('a', 'late');
      await endOfIteration();
      expect(runs).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      await endOfIteration();
      runs[1]!.end.resolve(2);
      expect(await Promise.all([again, late])).toEqual([2, 2]);
      await vi.advanceTimersByTimeAsync(10);
      void read('a', 'idle');
      await endOfIteration();
      expect(runs.map(({ requests }) => requests)).toEqual([['one'], ['one', 'late'], ['idle']]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is of one key alone, and begins without waiting for another request', async () => {
    const { runs, read } = createControlledRead();
    const answers = [read('a', 'one'), read('b', 'two')];
    await endOfIteration();
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b']);
    runs.forEach(({ end }, index) => end.resolve(index));
    expect(await Promise.all(answers)).toEqual([0, 1]);
  });

  it('fails for its own requests only', async () => {
    const { runs, read } = createControlledRead();
    const first = read('a', 'one');
    await endOfIteration();
    const second = read('a', 'two');
    runs[0]!.end.reject(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await endOfIteration();
    runs[1]!.end.resolve(2);
    expect(await second).toBe(2);
  });

  it('answers no more requests than one statement may list', async () => {
    const { runs, read } = createControlledRead();
    const crowd = Array.from({ length: 1_001 }, (_, index) => read('a', String(index)));
    await endOfIteration();
    runs[0]!.end.resolve(1);
    await crowd[0];
    await endOfIteration();
    runs[1]!.end.resolve(2);
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([1, 2]));
    expect(runs.map(({ requests }) => requests.length)).toEqual([1_000, 1]);
  });
});
