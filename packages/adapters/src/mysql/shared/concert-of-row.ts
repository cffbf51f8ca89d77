import type { EventId, ReservationId } from '@frontrow/domain/shared/ids.ts';
import { type RawBuilder, sql } from 'kysely';

/** The concert of a reservation, as a value of an inserted row. */
export function concertOfReservation(id: ReservationId): RawBuilder<string> {
  return sql<string>`(select concert_id from reservation where id = ${id})`;
}

export function concertOfEvent(id: EventId): RawBuilder<string> {
  return sql<string>`(select concert_id from concert_event where id = ${id})`;
}
