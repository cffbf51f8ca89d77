import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/console/data/answer.ts';
import { type Page, createPages } from '../../../src/console/data/pages.ts';

/** Pages of two numbers each, up to `last`; the cursor is the number before the page. */
function pagesUpTo(last: { value: number }, asked: (string | undefined)[] = []) {
  const readPage = (cursor: string | undefined): Promise<Answer<Page<number>>> => {
    asked.push(cursor);
    const from = Number(cursor ?? 0) + 1;
    const items = [from, from + 1].filter((item) => item <= last.value);
    return Promise.resolve({
      ok: true,
      data: { items, nextCursor: from + 1 < last.value ? `${from + 1}` : null },
    });
  };
  return createPages(readPage);
}

describe('createPages', () => {
  it('appends page after page until the list ends', async () => {
    const pages = pagesUpTo({ value: 5 });
    await pages.refresh();
    expect([pages.data.value, pages.hasMore.value]).toEqual([[1, 2], true]);
    await pages.loadMore();
    await pages.loadMore();
    expect([pages.data.value, pages.hasMore.value]).toEqual([[1, 2, 3, 4, 5], false]);
  });

  it('reads all loaded pages again at a refresh, and no more', async () => {
    const last = { value: 9 };
    const asked: (string | undefined)[] = [];
    const pages = pagesUpTo(last, asked);
    await pages.refresh();
    await pages.loadMore();
    asked.length = 0;
    await pages.refresh();
    expect([asked, pages.data.value]).toEqual([
      [undefined, '2'],
      [1, 2, 3, 4],
    ]);
    last.value = 1;
    await pages.refresh();
    expect([pages.data.value, pages.hasMore.value]).toEqual([[1], false]);
  });
});
