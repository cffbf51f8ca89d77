import { type ReadonlySignal, computed } from '@preact/signals';
import type { Answer } from './answer.ts';
import { type Query, createQuery } from './query.ts';

export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

export type ReadPage<Item> = (cursor: string | undefined, signal: AbortSignal) => Promise<Answer<Page<Item>>>;

/** A list that is read by cursor. `refresh` reads again all the pages that have been loaded. */
export type Pages<Item> = Query<readonly Item[]> & {
  readonly hasMore: ReadonlySignal<boolean>;
  /** Reads the next page and appends it. */
  readonly loadMore: () => Promise<unknown>;
};

type Loaded<Item> = Page<Item> & { readonly pageCount: number };

const NOTHING = { items: [], nextCursor: null, pageCount: 0 };

export function createPages<Item>(readPage: ReadPage<Item>): Pages<Item> {
  let wantsMore = false;

  async function append(before: Loaded<Item>, abort: AbortSignal): Promise<Answer<Loaded<Item>>> {
    const answer = await readPage(before.nextCursor ?? undefined, abort);
    if (!answer.ok) return answer;
    const items = [...before.items, ...answer.data.items];
    return { ok: true, data: { ...answer.data, items, pageCount: before.pageCount + 1 } };
  }

  const query: Query<Loaded<Item>> = createQuery(async (abort) => {
    const known = query.data.peek();
    if (wantsMore && known !== null) return append(known, abort);
    let answer = await append(NOTHING, abort);
    while (answer.ok && answer.data.nextCursor !== null && answer.data.pageCount < (known?.pageCount ?? 1))
      answer = await append(answer.data, abort);
    return answer;
  });

  function read(more: boolean): Promise<number | null> {
    wantsMore = more;
    return query.refresh();
  }

  return {
    ...query,
    data: computed(() => query.data.value?.items ?? null),
    hasMore: computed(() => (query.data.value?.nextCursor ?? null) !== null),
    refresh: () => read(false),
    loadMore: () => read(true),
  };
}
