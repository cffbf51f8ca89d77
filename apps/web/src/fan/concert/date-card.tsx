import { type ListedEvent, answerOf, getEvent } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { read } from '../../shared/connection/send.ts';
import { formatMoney, formatNumber } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { CategoryList } from '../sale/category-list.tsx';
import { DateTime, atZone } from '../sale/date-time.tsx';
import { saleMessages } from '../sale/messages.ts';
import { SaleBadge } from '../sale/sale-badge.tsx';
import type { SaleState } from '../sale/sale-state.ts';
import { concertMessages } from './messages.ts';

type DateCardProps = { readonly date: ListedEvent; readonly state: SaleState };

/** One date: when and where, whether it is on sale, what it costs and what is left. */
export function DateCard({ date, state }: DateCardProps) {
  const texts = textsOf(saleMessages);
  const { startsAt, timeZone, venue, refundUntil, availableCount, seatCount } = date;
  const isOver = state.kind === 'ENDED' || state.kind === 'CANCELLED';
  return (
    <li class={`card date-card ${isOver ? 'date-card-over' : ''}`}>
      <div class="date-card-head">
        <h3>
          <DateTime instant={startsAt} timeZone={timeZone} />
        </h3>
        <SaleBadge state={state} />
      </div>
      <p>{venue}</p>
      <SaleText state={state} timeZone={timeZone} />
      {!isOver && (
        <>
          <p class="date-card-facts">
            <span class="numbers">
              {availableCount !== null && state.kind !== 'NOT_YET'
                ? texts.seatsFree(availableCount, formatNumber(availableCount))
                : texts.seatsOf(formatNumber(seatCount))}
            </span>
            {date.layoutVersion === 0 && <strong class="numbers">{formatMoney(date.price)}</strong>}
          </p>
          {date.layoutVersion > 0 && <Categories date={date} showsFree={state.kind !== 'NOT_YET'} />}
          <p class="muted small">{texts.refundUntil(atZone(refundUntil, timeZone))}</p>
        </>
      )}
    </li>
  );
}

function SaleText({ state, timeZone }: { readonly state: SaleState; readonly timeZone: string }) {
  const texts = textsOf(saleMessages);
  switch (state.kind) {
    case 'NOT_YET':
      return <p>{texts.opensAt(atZone(state.opensAt, timeZone))}</p>;
    case 'ON_SALE':
      return <p class="muted">{texts.onSaleUntil(atZone(state.until, timeZone))}</p>;
    case 'NO_SEATS':
      return <p>{texts.noSeats}</p>;
    case 'ENDED':
      return <p class="muted">{texts.ended}</p>;
    case 'STOPPED':
      return <Reason text={texts.stopped} reason={state.reason} />;
    case 'CANCELLED':
    default:
      return <Reason text={texts.cancelled} reason={state.reason} />;
  }
}

function Reason({ text, reason }: { readonly text: string; readonly reason: string | null }) {
  return (
    <>
      <p>{text}</p>
      {reason !== null && <blockquote class="reason">{reason}</blockquote>}
    </>
  );
}

/** The prices of a date with a layout, read again whenever seats were taken or have returned. */
function Categories({ date, showsFree }: { readonly date: ListedEvent; readonly showsFree: boolean }) {
  const { data } = useAnswer(
    (signal) => read(() => answerOf(getEvent({ client, signal, path: { eventId: date.id } })), signal),
    [date.id, date.availableCount],
  );
  if (data === null) return <p class="numbers">{textsOf(saleMessages).priceFrom(formatMoney(date.price))}</p>;
  return (
    <CategoryList
      label={textsOf(concertMessages).categories}
      categories={data.categories ?? []}
      showsFree={showsFree}
    />
  );
}

export function DatePlaceholder() {
  return (
    <li class="card date-card" aria-hidden="true">
      <span class="placeholder" />
      <span class="placeholder" />
      <span class="placeholder" />
    </li>
  );
}
