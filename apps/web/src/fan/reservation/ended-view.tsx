import type { ReservationWithEvent } from '@frontrow/client';
import { Notice } from '../../shared/components/notice.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { placeNames } from '../seats/place-name.ts';
import { EventHead } from './event-head.tsx';
import { reservationMessages } from './messages.ts';

type EndedProps = {
  readonly reservation: ReservationWithEvent;
  readonly status: 'EXPIRED' | 'CANCELLED' | 'REFUNDED';
};

/** A reservation that has ended, why, and the way to another. */
export function EndedView({ reservation, status }: EndedProps) {
  const texts = textsOf(reservationMessages);
  const { title, text } = texts.ended[status];
  return (
    <div class="stack">
      <PageTitle title={title} />
      <EventHead event={reservation.event} />
      <Notice tone={status === 'REFUNDED' ? 'good' : 'info'} title={text} />
      <ul class="seat-list">
        {placeNames(reservation.seatNumbers, reservation.seats).map(({ number, name }) => (
          <li key={number}>{name}</li>
        ))}
      </ul>
      {status === 'REFUNDED' && (
        <p>
          {texts.refunded}: <strong class="numbers">{formatMoney(reservation.refundedAmount)}</strong>
        </p>
      )}
      <p class="row">
        {status !== 'REFUNDED' && (
          <a class="button" href={`/events/${reservation.eventId}`}>
            {texts.chooseAgain}
          </a>
        )}
        <a class="button button-quiet" href="/tickets">
          {texts.toTickets}
        </a>
      </p>
    </div>
  );
}
