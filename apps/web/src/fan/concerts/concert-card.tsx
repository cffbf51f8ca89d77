import type { Concert, ListedEvent } from '@frontrow/client';
import { clock } from '../../shared/api.ts';
import { formatMoney, formatNumber } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { atZone } from '../sale/date-time.tsx';
import { saleMessages } from '../sale/messages.ts';
import { Poster } from '../sale/poster.tsx';
import { readDates } from '../sale/read-dates.ts';
import { SaleBadge } from '../sale/sale-badge.tsx';
import { bestSaleState, saleStateOf } from '../sale/sale-state.ts';
import { concertsMessages } from './messages.ts';

/** A concert with its next date and what is left of it. */
export function ConcertCard({ concert }: { readonly concert: Concert }) {
  const { id, title, artist, description } = concert;
  const { data } = useAnswer((signal) => readDates(id, 1, signal), [id]);
  return (
    <li class="concert-card">
      <Poster concertId={id} class="concert-card-poster" />
      <div class="concert-card-body">
        <h2 class="concert-card-title">
          <a href={`/concerts/${id}`}>{title}</a>
        </h2>
        <p class="muted">{artist}</p>
        <p class="concert-card-description small">{description}</p>
        {data === null ? <FactsPlaceholder /> : <Facts concert={concert} dates={data.items} />}
      </div>
    </li>
  );
}

function Facts({ concert, dates }: { readonly concert: Concert; readonly dates: readonly ListedEvent[] }) {
  const texts = textsOf(saleMessages);
  const own = textsOf(concertsMessages);
  const now = clock.now();
  const [next] = dates;
  const best = bestSaleState(dates.map((date) => saleStateOf(date, concert, now)));
  if (next === undefined || best === null) return <p class="concert-card-facts muted">{own.noDates}</p>;
  const free = dates
    .filter((date) => saleStateOf(date, concert, now).kind === 'ON_SALE')
    .reduce((sum, { availableCount }) => sum + (availableCount ?? 0), 0);
  const others = dates.length - 1;
  return (
    <div class="concert-card-facts">
      <p>
        <time dateTime={next.startsAt}>{atZone(next.startsAt, next.timeZone)}</time>
        {others > 0 && <span class="muted"> {own.moreDates(others, formatNumber(others))}</span>}
      </p>
      <p class="muted">{next.venue}</p>
      <p class="concert-card-sale">
        <SaleBadge state={best} />
        {best.kind === 'ON_SALE' && free > 0 && <span>{texts.seatsFree(free, formatNumber(free))}</span>}
        {best.kind === 'NOT_YET' && (
          <span class="small">{texts.opensAt(atZone(best.opensAt, next.timeZone))}</span>
        )}
        <span class="concert-card-price numbers">
          {texts.priceFrom(formatMoney(Math.min(...dates.map(({ price }) => price))))}
        </span>
      </p>
    </div>
  );
}

function FactsPlaceholder() {
  return (
    <div class="concert-card-facts" aria-hidden="true">
      <span class="placeholder" />
      <span class="placeholder concert-card-short" />
      <span class="placeholder" />
    </div>
  );
}

/** Takes as much room as a card. */
export function CardPlaceholder() {
  return (
    <li class="concert-card" aria-hidden="true">
      <div class="concert-card-poster placeholder" />
      <div class="concert-card-body">
        <span class="placeholder concert-card-title" />
        <span class="placeholder concert-card-short" />
        <FactsPlaceholder />
      </div>
    </li>
  );
}
