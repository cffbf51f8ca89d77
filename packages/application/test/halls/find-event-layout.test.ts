import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { uniformLayout } from '@frontrow/domain/halls/numbered-seats.ts';
import { describe, expect, it } from 'vitest';
import type { LayoutReads } from '../../src/ports/halls/layouts.ts';
import { createFindEventLayout, numberedSeatsOf } from '../../src/halls/find-event-layout.ts';

const LARGE = uniformLayout(50_000, 1);

function createCountedLayouts(read: () => Promise<Layout | null> = async () => ({ ...LARGE })) {
  const reads: string[] = [];
  const find = createFindEventLayout({
    find({ eventId, version }) {
      reads.push(`${eventId}:${version}`);
      return read();
    },
  });
  return {
    reads,
    find: (id: string, layoutVersion = 1, own?: LayoutReads) =>
      find({ id, layoutVersion, seatCount: 50_000, price: 1 }, own),
  };
}

describe('the layouts of events', () => {
  it('are read once for each version', async () => {
    const { find, reads } = createCountedLayouts();
    const [first, again] = await Promise.all([find('a'), find('a')]);
    expect(again).toBe(first);
    expect(await find('a')).toBe(first);
    expect(await find('a', 2)).not.toBe(first);
    expect(reads).toEqual(['a:1', 'a:2']);
  });

  it('are dropped when too many seats are kept, those first that were not used for the longest time', async () => {
    const { find, reads } = createCountedLayouts();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'a', 'f']) await find(id);
    expect(reads).toHaveLength(6);
    await find('a');
    expect(reads).toHaveLength(6);
    await find('b');
    expect(reads).toEqual(['a:1', 'b:1', 'c:1', 'd:1', 'e:1', 'f:1', 'b:1']);
  });

  it('are read again after a read that failed or found nothing', async () => {
    const answers = [Promise.reject(new Error('lost')), Promise.resolve(null), Promise.resolve(LARGE)];
    const { find } = createCountedLayouts(() => answers.shift() ?? Promise.resolve(null));
    await expect(find('a')).rejects.toThrow('lost');
    expect(await find('a')).toBeNull();
    expect(await find('a')).toBe(LARGE);
    expect(await find('a')).toBe(LARGE);
  });

  it('are read by a transaction itself while a read outside of it waits for a connection', async () => {
    const outside = Promise.withResolvers<Layout | null>();
    const { find, reads } = createCountedLayouts(() => outside.promise);
    const waiting = find('a');
    const own = { find: () => Promise.resolve(LARGE) };
    expect(await find('a', 1, own)).toBe(LARGE);
    expect(await find('a')).toBe(LARGE);
    outside.resolve({ ...LARGE });
    expect(await waiting).toEqual(LARGE);
    expect(await find('a')).toBe(LARGE);
    expect(reads).toEqual(['a:1']);
    for (const id of ['b', 'c', 'd', 'e']) await find(id);
    expect(await find('a')).toBe(LARGE);
  });

  it('are numbered once', () => {
    expect(numberedSeatsOf(LARGE).seatCount).toBe(50_000);
    expect(numberedSeatsOf(LARGE)).toBe(numberedSeatsOf(LARGE));
  });
});
