import { expect, it } from 'vitest';
import { createMemoryCache } from '../../../src/memory/shared/cache.ts';

it('evicts the least recently used entry when it is full, so that unknown ids cannot fill the memory', async () => {
  const cache = createMemoryCache();
  let loads = 0;
  const load = async () => (loads += 1);
  const fetchAll = async (count: number) => {
    for (let id = 0; id < count; id += 1) await cache.fetch({ group: `g${id % 7}`, entry: `${id}` }, load);
  };
  await fetchAll(10_000);
  await fetchAll(10_000);
  expect(loads).toBe(10_000);
  await cache.fetch({ group: 'one', entry: 'more' }, load);
  await fetchAll(10);
  expect(loads).toBe(10_011);
});
