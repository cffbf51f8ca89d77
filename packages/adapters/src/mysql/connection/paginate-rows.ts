import type { Page, PageRequest } from '@frontrow/application/ports/shared/page.ts';

/** One row more than the page, which shows whether another page follows. */
export function rowsForPage({ limit }: PageRequest): number {
  return limit + 1;
}

/** A cursor is the key of the last row of the page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  keyOf: (row: Row) => string,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: last !== undefined && rows.length > limit ? keyOf(last) : null,
  };
}
