import type { EventWithConcert } from '@frontrow/application/catalog/event-with-concert.ts';
import type { ReservedPlaces } from '@frontrow/application/use-cases/halls/find-reserved-places.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { z } from 'zod';
import { concertName, presentConcertName } from '../catalog/concert-schema.ts';
import { EXAMPLE } from '../shared/examples.ts';
import { id, instant } from '../shared/fields.ts';
import { pageOf, pageQuery } from '../shared/paging.ts';
import { presentReservation, reservation, reservationExample } from './reservation-schema.ts';

const expand = z
  .enum(['event'])
  .optional()
  .meta({ description: 'event adds the date and its concert to each reservation', examples: ['event'] });

export const reservationQuery = z.strictObject({ expand });
export const reservationPageQuery = pageQuery.extend({ expand });

const reservedEvent = z.object({
  id,
  venue: z.string(),
  startsAt: instant,
  timeZone: z.string().meta({ description: 'The IANA name of the zone of the venue' }),
  concert: concertName,
});

const example = {
  ...reservationExample,
  event: {
    id: EXAMPLE.eventId,
    venue: 'Olympic Hall, Seoul',
    startsAt: '2026-12-24T10:00:00.000Z',
    timeZone: 'Asia/Seoul',
    concert: { id: EXAMPLE.concertId, title: 'Winter Light', artist: 'The Night Owls' },
  },
};

export const reservationWithEvent = reservation
  .extend({ event: reservedEvent.optional().meta({ description: 'Only with expand=event' }) })
  .meta({ id: 'ReservationWithEvent', examples: [example] });

export const reservationPage = pageOf(reservationWithEvent).meta({
  id: 'ReservationPage',
  examples: [{ items: [example], nextCursor: null }],
});

/** Presents a reservation with its event, where that is among `events`. */
export function presentReservationWithEvent(
  of: Reservation,
  places: ReservedPlaces,
  events: ReadonlyMap<EventId, EventWithConcert>,
): z.output<typeof reservationWithEvent> {
  const found = events.get(of.eventId);
  return { ...presentReservation(of, places), ...(found && { event: presentReservedEvent(found) }) };
}

function presentReservedEvent({ event, concert }: EventWithConcert): z.output<typeof reservedEvent> {
  return {
    id: event.id,
    venue: event.venue,
    startsAt: formatInstant(event.startsAt),
    timeZone: event.timeZone,
    concert: presentConcertName(concert),
  };
}
