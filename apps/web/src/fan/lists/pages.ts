import type { Answer } from '@frontrow/client';
import { type ReadonlySignal, signal } from '@preact/signals';

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

/** A list that is read page by page and only grows. */
export type Pages<Item, Code> = {
  readonly items: ReadonlySignal<readonly Item[]>;
  readonly isLoading: ReadonlySignal<boolean>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** Why the last page could not be read; null if it could. */
  readonly problem: ReadonlySignal<Code | 'UNREACHABLE' | null>;
  /** Reads the next page, or the last one that failed again. */
  readonly loadMore: () => Promise<void>;
};

export function createPages<Item, Problem extends { readonly code: string }>(
  read: (query: { readonly cursor?: string }) => Promise<Answer<Page<Item>, Problem>>,
): Pages<Item, Problem['code']> {
  const items = signal<readonly Item[]>([]);
  const isLoading = signal(false);
  const hasMore = signal(true);
  const problem = signal<Problem['code'] | 'UNREACHABLE' | null>(null);
  let cursor: string | undefined;
  return {
    items,
    isLoading,
    hasMore,
    problem,
    async loadMore() {
      if (isLoading.value || !hasMore.value) return;
      isLoading.value = true;
      const answer = await read(cursor === undefined ? {} : { cursor });
      problem.value = answer.ok ? null : answer.problem.code;
      if (answer.ok) {
        items.value = [...items.value, ...answer.data.items];
        cursor = answer.data.nextCursor ?? undefined;
        hasMore.value = answer.data.nextCursor !== null;
      }
      isLoading.value = false;
    },
  };
}
