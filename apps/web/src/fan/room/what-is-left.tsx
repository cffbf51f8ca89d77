import type { RoomStatus } from '@frontrow/client';
import { formatMoney, formatNumber } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { CategoryList } from '../sale/category-list.tsx';
import { atZone } from '../sale/date-time.tsx';
import { saleMessages } from '../sale/messages.ts';
import { SaleBadge } from '../sale/sale-badge.tsx';
import { roomMessages } from './messages.ts';
import type { DateWithState } from './turn-card.tsx';

type WhatIsLeftProps = {
  readonly room: RoomStatus | null;
  /** Null while they are not known. */
  readonly dates: readonly DateWithState[] | null;
};

/** Prices and free seats of each date, as the room counts them while fans wait. */
export function WhatIsLeft({ room, dates }: WhatIsLeftProps) {
  const texts = textsOf(roomMessages);
  const sale = textsOf(saleMessages);
  const shown = dates?.filter(({ state }) => state.kind !== 'ENDED' && state.kind !== 'CANCELLED') ?? [];
  if (shown.length === 0) return null;
  return (
    <section class="card stack">
      <h2>{texts.left}</h2>
      <ul class="stack">
        {shown.map(({ date, state }) => {
          const counted = room?.dates?.find(({ eventId }) => eventId === date.id);
          const free = counted?.availableCount ?? date.availableCount;
          return (
            <li key={date.id} class="stack room-left">
              <div class="row row-spread">
                <h3>{atZone(date.startsAt, date.timeZone)}</h3>
                <SaleBadge state={state} />
              </div>
              {counted?.categories ? (
                <CategoryList label={texts.left} categories={counted.categories} showsFree />
              ) : (
                <p class="row row-spread">
                  <span>
                    {free !== null && state.kind !== 'NOT_YET' && sale.seatsFree(free, formatNumber(free))}
                  </span>
                  <strong class="numbers">
                    {date.layoutVersion === 0
                      ? formatMoney(date.price)
                      : sale.priceFrom(formatMoney(date.price))}
                  </strong>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
