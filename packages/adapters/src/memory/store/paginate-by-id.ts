import type { Page, PageRequest } from '@frontrow/application/ports/shared/page.ts';

/** A page of rows whose ids grow with time. A cursor is the id of the last row of the page before. */
export function paginateById<Row extends { readonly id: string }>(
  rows: Iterable<Row>,
  { limit, cursor }: PageRequest,
  order: 'OLDEST_FIRST' | 'NEWEST_FIRST',
): Page<Row> {
  const comesBefore = (a: string, b: string) => (order === 'OLDEST_FIRST' ? a < b : a > b);
  const rest = [...rows]
    .filter(({ id }) => cursor === null || comesBefore(cursor, id))
    .toSorted((a, b) => (comesBefore(a.id, b.id) ? -1 : 1));
  const items = rest.slice(0, limit);
  return { items, nextCursor: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
}
