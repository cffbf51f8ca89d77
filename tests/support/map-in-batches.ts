import { repeatWhileUnavailable } from './repeat-while-unavailable.ts';

/** As many commands as a slow machine answers within the limit for one. */
const BATCH = 200;

/**
 * Like `Promise.all(items.map(map))`, with a limited number of promises at the same time, and repeats what has waited too
 * long.
 */
export async function mapInBatches<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    const mapOne = (item: Item, index: number) => repeatWhileUnavailable(() => map(item, start + index));
    results.push(...(await Promise.all(batch.map(mapOne))));
  }
  return results;
}
