import type { Concert } from '@frontrow/client';
import { useState } from 'preact/hooks';
import { clock } from '../../shared/api.ts';
import { useNow } from '../../shared/components/use-now.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { commonProblems } from '../problems/common-problems.ts';
import { ReadAgain } from '../problems/read-again.tsx';
import { saleStateOf } from '../sale/sale-state.ts';
import { useDates } from '../sale/use-dates.ts';
import { DateCard, DatePlaceholder } from './date-card.tsx';
import { JoinPanel } from './join-panel.tsx';
import { concertMessages } from './messages.ts';

/** The dates of a concert, read again while the page is seen, beside what a fan can do now. */
export function ConcertDates({ concert }: { readonly concert: Concert }) {
  const texts = textsOf(concertMessages);
  const [pages, setPages] = useState(1);
  const { data, problem, reload } = useDates(concert.id, pages);
  const now = useNow(clock);

  if (data === null && problem !== null)
    return <ReadAgain text={textsOf(commonProblems)[problem.code]} onRead={reload} />;
  const dates = data?.items.map((date) => ({ date, state: saleStateOf(date, concert, now) })) ?? null;
  return (
    <div class="concert-columns">
      <aside class="concert-join">
        <JoinPanel concert={concert} states={dates?.map(({ state }) => state) ?? null} />
      </aside>
      <section class="stack" aria-label={texts.dates}>
        <h2>{texts.dates}</h2>
        {dates?.length === 0 && <p class="muted">{texts.noDates}</p>}
        <ul class="stack">
          {dates === null ? (
            <DatePlaceholder />
          ) : (
            dates.map(({ date, state }) => <DateCard key={date.id} date={date} state={state} />)
          )}
        </ul>
        {data?.hasMore === true && (
          <p>
            <button type="button" class="button button-quiet" onClick={() => setPages(pages + 1)}>
              {texts.moreDates}
            </button>
          </p>
        )}
      </section>
    </div>
  );
}
