import { describe, expect, it } from 'vitest';
import { createSharedReads } from './shared-reads.ts';

/** A read that ends when it is told to, with the number of reads so far. */
function createControlledRead() {
  const runs: { key: string; asked: readonly string[]; end: PromiseWithResolvers<number> }[] = [];
  const ask = createSharedReads((key, asked: readonly string[]) => {
    const end = Promise.withResolvers<number>();
    runs.push({ key, asked, end });
    return end.promise;
  });
  return { runs, ask };
}

describe('a shared read', () => {
  it('is the next one to begin, for all who ask while one runs', async () => {
    const { runs, ask } = createControlledRead();
    const first = ask('a', 'one');
    const [second, third] = [ask('a', 'two'), ask('a', 'three')];
    expect(runs.map(({ asked }) => asked)).toEqual([['one']]);
    runs[0]!.end.resolve(1);
    expect(await first).toBe(1);
    runs[1]!.end.resolve(2);
    expect(await Promise.all([second, third])).toEqual([2, 2]);
    expect(runs.map(({ asked }) => asked)).toEqual([['one'], ['two', 'three']]);
  });

  it('is not joined by who comes after it has begun', async () => {
    const { runs, ask } = createControlledRead();
    const first = ask('a', 'one');
    const second = ask('a', 'two');
    runs[0]!.end.resolve(1);
    await first;
    const late = ask('a', 'late');
    runs[1]!.end.resolve(2);
    await second;
    runs[2]!.end.resolve(3);
    expect(await late).toBe(3);
  });

  it('keeps keys apart, and begins at once where none runs', async () => {
    const { runs, ask } = createControlledRead();
    const answers = [ask('a', 'one'), ask('b', 'two')];
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b']);
    runs.forEach(({ end }, index) => end.resolve(index));
    expect(await Promise.all(answers)).toEqual([0, 1]);
  });

  it('fails for its own sharers only', async () => {
    const { runs, ask } = createControlledRead();
    const first = ask('a', 'one');
    const second = ask('a', 'two');
    runs[0]!.end.reject(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    runs[1]!.end.resolve(2);
    expect(await second).toBe(2);
  });

  it('is shared by no more than one statement can list', async () => {
    const { runs, ask } = createControlledRead();
    const first = ask('a', 'one');
    const crowd = Array.from({ length: 1_001 }, (_, index) => ask('a', String(index)));
    runs[0]!.end.resolve(1);
    await first;
    runs[1]!.end.resolve(2);
    await crowd[0];
    runs[2]!.end.resolve(3);
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([2, 3]));
    expect(runs.map(({ asked }) => asked.length)).toEqual([1, 1_000, 1]);
  });
});
