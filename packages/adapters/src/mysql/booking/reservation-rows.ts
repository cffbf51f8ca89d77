import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { toInstant, toInteger } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';

const RESERVATIONS = sql<Database['reservation']>`${sql.table('reservation')}`.as<'r'>(sql.ref('r'));

export type ReservationRow = Omit<Selectable<Database['reservation']>, 'live_hold'> & {
  readonly seat_numbers: readonly number[];
  /** Null where none is refunded. */
  readonly refunded_seats: readonly number[] | null;
};

/** The table as `r`, read by the index. */
export function reservationsBy(index: string) {
  return sql<Database['reservation']>`reservation`.as<'r'>(sql`r force index (${sql.ref(index)})`);
}

/** Selects reservations as `r`, each with its seats. */
export function selectReservations(db: Kysely<Database>, from = RESERVATIONS) {
  return db
    .selectFrom(from)
    .select([
      'r.id',
      'r.user_id',
      'r.concert_id',
      'r.concert_event_id',
      'r.status',
      'r.total_amount',
      'r.sequence',
      'r.created_at',
      'r.hold_expires_at',
      'r.extensions',
      'r.payment_id',
      'r.refunded_amount',
      'r.complimentary',
    ])
    .select([
      sql<
        number[]
      >`(select json_arrayagg(s.seat_number) from reservation_seat as s where s.reservation_id = r.id)`.as(
        'seat_numbers',
      ),
      sql<
        number[] | null
      >`(select json_arrayagg(f.seat_number) from refund_seat as f where f.reservation_id = r.id)`.as(
        'refunded_seats',
      ),
    ]);
}

export function toReservation(row: ReservationRow): Reservation {
  const facts = {
    id: row.id,
    userId: row.user_id,
    concertId: row.concert_id,
    eventId: row.concert_event_id,
    seatNumbers: row.seat_numbers.toSorted((a, b) => a - b),
    totalAmount: toInteger(row.total_amount),
    sequence: toInteger(row.sequence),
    createdAt: toInstant(row.created_at),
    holdExpiresAt: toInstant(row.hold_expires_at),
    extensions: row.extensions,
  };
  const { status, payment_id: paymentId } = row;
  if (status !== 'CONFIRMED' && status !== 'REFUNDED') return { ...facts, status };
  invariant(paymentId !== null, `reservation ${row.id} is ${status} without a payment`);
  return {
    ...facts,
    status,
    paymentId,
    complimentary: Boolean(row.complimentary),
    refundedSeats: (row.refunded_seats ?? []).toSorted((a, b) => a - b),
    refundedAmount: toInteger(row.refunded_amount),
  };
}
