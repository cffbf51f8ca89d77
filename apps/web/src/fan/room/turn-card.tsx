import type { Concert, ListedEvent } from '@frontrow/client';
import { Countdown } from '../../shared/components/countdown.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { formatNumber } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { atZone } from '../sale/date-time.tsx';
import { saleMessages } from '../sale/messages.ts';
import { SaleBadge } from '../sale/sale-badge.tsx';
import type { SaleState } from '../sale/sale-state.ts';
import { ConcertName } from './concert-name.tsx';
import { roomMessages } from './messages.ts';

export type DateWithState = { readonly date: ListedEvent; readonly state: SaleState };

type TurnCardProps = {
  readonly concert: Concert;
  readonly endsAt: string | null;
  /** The dates that can be booked; null while they are not known. */
  readonly dates: readonly DateWithState[] | null;
};

const MILESTONES_MS = [120_000, 60_000, 30_000];

/** An admitted fan: the dates to choose seats for, and how long. */
export function TurnCard({ concert, endsAt, dates }: TurnCardProps) {
  const texts = textsOf(roomMessages);
  return (
    <section class="card room-card room-turn">
      <ConcertName concert={concert} />
      <PageTitle title={`${texts.turnTitle} · ${concert.title}`}>{texts.turn}</PageTitle>
      <p>{texts.turnMore}</p>
      {endsAt !== null && (
        <div class="room-position">
          <p class="muted">{texts.turnEnds}</p>
          <p class="room-number">
            <Countdown until={endsAt} milestonesMs={MILESTONES_MS} describe={texts.turnMilestone} />
          </p>
        </div>
      )}
      {dates?.length === 1 && dates[0] !== undefined && (
        <a class="button room-choose" href={`/events/${dates[0].date.id}`}>
          {texts.choose}
        </a>
      )}
      {dates !== null && dates.length > 1 && <DateChoice dates={dates} />}
    </section>
  );
}

function DateChoice({ dates }: { readonly dates: readonly DateWithState[] }) {
  const texts = textsOf(roomMessages);
  const sale = textsOf(saleMessages);
  return (
    <div class="stack room-dates">
      <h2>{texts.chooseDate}</h2>
      <ul class="stack">
        {dates.map(({ date, state }) => {
          const when = atZone(date.startsAt, date.timeZone);
          return (
            <li key={date.id} class="row row-spread room-date">
              <div>
                <strong>{when}</strong>
                <p class="muted">{date.venue}</p>
                <p class="row">
                  <SaleBadge state={state} />
                  {date.availableCount !== null && (
                    <span class="numbers">
                      {sale.seatsFree(date.availableCount, formatNumber(date.availableCount))}
                    </span>
                  )}
                </p>
              </div>
              <a class="button" href={`/events/${date.id}`} aria-label={texts.chooseFor(when)}>
                {texts.choose}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
