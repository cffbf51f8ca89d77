import { describe, expect, it, vi } from 'vitest';
import { createCoalescedReads } from '../../src/shared/coalesced-reads.ts';

/** A read that ends when it is told to, with the number of reads so far. */
function createControlledRead(options?: { gapMs: number }) {
  const runs: { key: string; asked: readonly string[]; end: PromiseWithResolvers<number> }[] = [];
  const ask = createCoalescedReads((key, asked: readonly string[]) => {
    const end = Promise.withResolvers<number>();
    runs.push({ key, asked, end });
    return end.promise;
  }, options);
  return { runs, ask };
}

/** A read begins at the end of the turn of the loop. */
const turn = () => new Promise(setImmediate);

describe('a shared read', () => {
  it('is the next one to begin, for all who ask while one runs', async () => {
    const { runs, ask } = createControlledRead();
    const first = ask('a', 'one');
    await turn();
    const [second, third] = [ask('a', 'two'), ask('a', 'three')];
    await turn();
    expect(runs.map(({ asked }) => asked)).toEqual([['one']]);
    runs[0]!.end.resolve(1);
    expect(await first).toBe(1);
    await turn();
    runs[1]!.end.resolve(2);
    expect(await Promise.all([second, third])).toEqual([2, 2]);
    expect(runs.map(({ asked }) => asked)).toEqual([['one'], ['two', 'three']]);
  });

  it('is not joined by who comes after it has begun', async () => {
    const { runs, ask } = createControlledRead();
    const first = ask('a', 'one');
    await turn();
    const second = ask('a', 'two');
    runs[0]!.end.resolve(1);
    await first;
    await turn();
    const late = ask('a', 'late');
    runs[1]!.end.resolve(2);
    await second;
    await turn();
    runs[2]!.end.resolve(3);
    expect(await late).toBe(3);
  });

  it('is joined by who comes in the same turn of the loop, also by those whom the one before has answered', async () => {
    const { runs, ask } = createControlledRead();
    const [first, second] = [ask('a', 'one'), ask('a', 'two')];
    await turn();
    const waiting = ask('a', 'three');
    runs[0]!.end.resolve(1);
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    const again = ask('a', 'one');
    await turn();
    runs[1]!.end.resolve(2);
    expect(await Promise.all([waiting, again])).toEqual([2, 2]);
    expect(runs.map(({ asked }) => asked)).toEqual([
      ['one', 'two'],
      ['three', 'one'],
    ]);
  });

  it('begins no sooner after the one before than it is told to, and is joined by all who ask until then', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    try {
      const { runs, ask } = createControlledRead({ gapMs: 10 });
      const first = ask('a', 'one');
      await turn();
      await vi.advanceTimersByTimeAsync(4);
      runs[0]!.end.resolve(1);
      await first;
      const again = ask('a', 'one');
      await turn();
      await vi.advanceTimersByTimeAsync(5);
      const late = ask('a', 'late');
      await turn();
      expect(runs).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      await turn();
      runs[1]!.end.resolve(2);
      expect(await Promise.all([again, late])).toEqual([2, 2]);
      await vi.advanceTimersByTimeAsync(10);
      void ask('a', 'idle');
      await turn();
      expect(runs.map(({ asked }) => asked)).toEqual([['one'], ['one', 'late'], ['idle']]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps keys apart, and needs nobody else where none runs', async () => {
    const { runs, ask } = createControlledRead();
    const answers = [ask('a', 'one'), ask('b', 'two')];
    await turn();
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b']);
    runs.forEach(({ end }, index) => end.resolve(index));
    expect(await Promise.all(answers)).toEqual([0, 1]);
  });

  it('fails for its own sharers only', async () => {
    const { runs, ask } = createControlledRead();
    const first = ask('a', 'one');
    await turn();
    const second = ask('a', 'two');
    runs[0]!.end.reject(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await turn();
    runs[1]!.end.resolve(2);
    expect(await second).toBe(2);
  });

  it('is shared by no more than one statement can list', async () => {
    const { runs, ask } = createControlledRead();
    const crowd = Array.from({ length: 1_001 }, (_, index) => ask('a', String(index)));
    await turn();
    runs[0]!.end.resolve(1);
    await crowd[0];
    await turn();
    runs[1]!.end.resolve(2);
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([1, 2]));
    expect(runs.map(({ asked }) => asked.length)).toEqual([1_000, 1]);
  });
});
