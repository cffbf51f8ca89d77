import { type Translated, textsOf } from '../../shared/i18n/locale.ts';
import { tryAgain } from '../problems/read-again.tsx';
import type { Pages } from './pages.ts';

const more: Translated<string> = { en: 'Show more', ko: '더 보기' };

type MoreButtonProps = { readonly pages: Pages<unknown, string>; readonly onClick?: () => void };

/** Reads the next page of a list, or the one that failed again; `onClick` does so in its own way. */
export function MoreButton({ pages, onClick = () => void pages.loadMore() }: MoreButtonProps) {
  if (!pages.hasMore.value) return null;
  return (
    <p>
      <button
        type="button"
        class="button button-quiet"
        disabled={pages.isLoading.value}
        onClick={() => onClick()}
      >
        {textsOf(pages.problem.value === null ? more : tryAgain)}
      </button>
    </p>
  );
}
