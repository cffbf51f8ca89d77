import { type Concert, answerOf, listConcerts } from '@frontrow/client';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { announce } from '../../shared/announcements.tsx';
import { client } from '../../shared/api.ts';
import { read } from '../../shared/connection/send.ts';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { MoreButton } from '../lists/more-button.tsx';
import { createPages } from '../lists/pages.ts';
import { commonProblems } from '../problems/common-problems.ts';
import { ReadAgain } from '../problems/read-again.tsx';
import { CardPlaceholder, ConcertCard } from './concert-card.tsx';
import { concertsMessages } from './messages.ts';

const PAGE = 12;

/** The concerts that match the words, page by page. */
export function ConcertList({ words }: { readonly words: string }) {
  const texts = textsOf(concertsMessages);
  const pages = usePages(words);
  const { items, hasMore, isLoading, problem } = pages;
  const list = useRef<HTMLUListElement>(null);
  const count = items.value.length;
  const isFirstLoad = count === 0 && problem.value === null && hasMore.value;

  useEffect(() => {
    if (!isFirstLoad && problem.value === null) announce(texts.found(count, formatNumber(count)));
  }, [isFirstLoad, count]);

  const showMore = async () => {
    await pages.loadMore();
    const firstNew = list.current?.children[count]?.querySelector('a');
    firstNew?.focus();
  };

  if (problem.value !== null && count === 0)
    return <ReadAgain text={textsOf(commonProblems)[problem.value]} onRead={() => void pages.loadMore()} />;
  if (!isFirstLoad && count === 0) return <NothingFound words={words} />;
  return (
    <>
      <ul ref={list} class="concert-grid" aria-busy={isLoading.value}>
        {isFirstLoad ? (
          <Placeholders />
        ) : (
          items.value.map((concert) => <ConcertCard key={concert.id} concert={concert} />)
        )}
      </ul>
      {!isFirstLoad && (
        <div class="concerts-more">
          <MoreButton pages={pages} onClick={() => void showMore()} />
        </div>
      )}
    </>
  );
}

function usePages(words: string) {
  const { pages, abort } = useMemo(() => {
    const ended = new AbortController();
    return {
      pages: createPages((query) => readPage({ ...query, words, signal: ended.signal })),
      abort: ended,
    };
  }, [words]);
  useEffect(() => {
    void pages.loadMore();
    return () => abort.abort();
  }, [pages]);
  return pages;
}

type PageRequest = { readonly cursor?: string; readonly words: string; readonly signal: AbortSignal };

/** A page of the server may be empty although others follow; this one never is. */
async function readPage({ cursor, words, signal }: PageRequest) {
  const query = { limit: PAGE, ...(words === '' ? {} : { q: words }) };
  const items: Concert[] = [];
  let next = cursor;
  for (;;) {
    const asked = next;
    const answer = await read(
      () =>
        answerOf(
          listConcerts({
            client,
            signal,
            query: { ...query, ...(asked === undefined ? {} : { cursor: asked }) },
          }),
        ),
      signal,
    );
    if (!answer.ok) return answer;
    items.push(...answer.data.items);
    const { nextCursor } = answer.data;
    if (items.length > 0 || nextCursor === null) return { ...answer, data: { items, nextCursor } };
    next = nextCursor;
  }
}

function Placeholders() {
  return (
    <>
      {[1, 2, 3, 4, 5, 6].map((card) => (
        <CardPlaceholder key={card} />
      ))}
    </>
  );
}

function NothingFound({ words }: { readonly words: string }) {
  const texts = textsOf(concertsMessages);
  return (
    <div class="card stack narrow">
      <h2>{words === '' ? texts.none : texts.notFound(words)}</h2>
      <p class="muted">{words === '' ? texts.noneMore : texts.notFoundMore}</p>
      {words !== '' && (
        <p>
          <a class="button button-quiet" href="/">
            {texts.showAll}
          </a>
        </p>
      )}
    </div>
  );
}
