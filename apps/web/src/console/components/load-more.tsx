import type { Pages } from '../data/pages.ts';
import { countText } from './count-text.ts';

/** Tells how many items are loaded, and loads the next ones. */
export function LoadMore({ pages, noun }: { readonly pages: Pages<unknown>; readonly noun: string }) {
  const count = pages.data.value?.length ?? 0;
  if (count === 0) return null;
  return (
    <div class="row row-spread load-more">
      <span class="muted small numbers" role="status">
        {pages.hasMore.value ? 'The first ' : ''}
        {countText(count, noun)}
      </span>
      {pages.hasMore.value && (
        <button
          type="button"
          class="button button-quiet"
          aria-disabled={pages.isReading.value}
          onClick={() => {
            if (!pages.isReading.peek()) void pages.loadMore();
          }}
        >
          {pages.isReading.value ? 'Loading …' : 'Load more'}
        </button>
      )}
    </div>
  );
}
