import type { Page, PageRequest } from '@frontrow/application/ports/shared/page.ts';
import { sum } from '@frontrow/domain/shared/money.ts';

/** The page of all shards, of which each has read a page of its own from the same cursor. */
export function mergePages<T>(
  pages: readonly Page<T>[],
  { limit }: PageRequest,
  isBefore: (a: T, b: T) => boolean,
  cursorOf: (item: T) => string,
): Page<T> {
  const all = pages.flatMap(({ items }) => items).toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const hasMore = all.length > limit || pages.some(({ nextCursor }) => nextCursor !== null);
  return { items, nextCursor: hasMore && last !== undefined ? cursorOf(last) : null };
}

/** The first of each list, then the second of each: none waits for another list to end. */
export function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}

export function descendingById(a: { readonly id: string }, b: { readonly id: string }): boolean {
  return a.id > b.id;
}

export async function sumOf(counts: Promise<readonly number[]>): Promise<number> {
  return sum(await counts);
}
