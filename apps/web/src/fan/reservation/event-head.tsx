import type { ReservationWithEvent } from '@frontrow/client';
import { formatDateTime } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { reservationMessages } from './messages.ts';

/** What the seats are for: title, artist, venue and the start in the time zone of the venue. */
export function EventHead({ event }: { readonly event: ReservationWithEvent['event'] }) {
  if (event === undefined) return null;
  const { concert, venue, startsAt, timeZone } = event;
  const time = formatDateTime(startsAt, timeZone);
  const isHere = formatDateTime(startsAt) === time;
  return (
    <div class="event-head">
      <strong>{concert.title}</strong>
      <span>{concert.artist}</span>
      <span class="muted">{venue}</span>
      <time class="muted" dateTime={startsAt}>
        {isHere ? time : textsOf(reservationMessages).venueTime(time)}
      </time>
    </div>
  );
}
