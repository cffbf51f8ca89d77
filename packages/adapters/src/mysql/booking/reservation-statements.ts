import type { HeldReservation, ReservationStatus } from '@frontrow/domain/booking/reservation.ts';
import { type Kysely, sql } from 'kysely';
import { fromInteger, rowClock, statementClock } from '../connection/columns.ts';
import { type Slots, prepare } from '../connection/prepare.ts';
import { selectReservations } from './reservation-rows.ts';
import type { Database } from '../schema/schema.ts';

type ById = { readonly id: string };

export const findReservation = prepare((db, { id }: Slots<ById>) =>
  selectReservations(db).select(statementClock.as('as_of')).where('r.id', '=', id),
);

export const lockReservation = prepare(
  (db, { id }: Slots<ById>) =>
    selectReservations(db)
      .innerJoin('concert as c', 'c.id', 'r.concert_id')
      .innerJoin('concert_event as e', 'e.id', 'r.concert_event_id')
      .select(['c.policy', 'e.starts_at', 'e.reservation_start_at', 'e.reservation_end_at'])
      .select(rowClock.as('as_of'))
      .where('r.id', '=', id)
      .forUpdate('r'), // not the concert, which all its reservations would contend for
);

export const findStoredHold = prepare(
  (db, { concertId, userId }: Slots<Pick<HeldReservation, 'concertId' | 'userId'>>) =>
    db
      .selectFrom('reservation')
      .select(['id', 'hold_expires_at', statementClock.as('as_of')])
      .where('concert_id', '=', concertId)
      .where('user_id', '=', userId)
      .where('live_hold', '=', 1),
);

type History = Pick<HeldReservation, 'id' | 'concertId' | 'userId' | 'sequence'> & {
  readonly unpaidSince: Date;
};

/** The optimizer would otherwise read all reservations of the user, or all live holds of the concert. */
const USER_RESERVATIONS = sql<Database['reservation']>`reservation`.as<'r'>(
  sql`r force index (reservation_by_user_and_concert)`,
);

/** One statement for the end of the place and for the reservations: a row for each, or one without a reservation. */
export const selectHistory = prepare((db, history: Slots<History>) =>
  db
    .selectFrom(sql`(select 1)`.as('asked'))
    .leftJoin('queue_end as q', (join) =>
      join
        .on('q.concert_id', '=', history.concertId)
        .on('q.sequence', '=', fromInteger(history.sequence))
        .on('q.user_id', '=', history.userId),
    )
    .leftJoin(USER_RESERVATIONS, (join) =>
      join
        .on('r.user_id', '=', history.userId)
        .on('r.concert_id', '=', history.concertId)
        .on('r.id', '<>', history.id)
        .on((eb) =>
          eb.or([
            eb('r.status', '=', 'CONFIRMED'),
            // Another hold of the user is over, also where it is still stored as HELD.
            eb.and([
              eb('r.status', 'in', ['HELD', 'EXPIRED', 'CANCELLED']),
              eb('r.created_at', '>', history.unpaidSince),
            ]),
          ]),
        ),
    )
    .select(['q.reason as place_end', 'r.status', 'r.created_at', 'r.extensions'])
    .select(
      sql<string>`(select count(*) from reservation_seat as s where s.reservation_id = r.id)`.as('seats'),
    ),
);

type Held = Omit<HeldReservation, 'status' | 'seatNumbers' | 'createdAt' | 'holdExpiresAt'> & {
  readonly createdAt: Date;
  readonly holdExpiresAt: Date;
};

export const insertHeldReservation = prepare((db, held: Slots<Held>) =>
  db.insertInto('reservation').values({
    id: held.id,
    user_id: held.userId,
    concert_id: held.concertId,
    concert_event_id: held.eventId,
    status: 'HELD',
    total_amount: held.totalAmount,
    sequence: held.sequence,
    created_at: held.createdAt,
    hold_expires_at: held.holdExpiresAt,
    extensions: held.extensions,
    live_hold: 1,
  }),
);

export const insertReservationSeats = prepare(
  (db, { id, seatNumbers }: Slots<Pick<HeldReservation, 'id' | 'seatNumbers'>>) =>
    db
      .insertInto('reservation_seat')
      .values(seatNumbers.map((number) => ({ reservation_id: id, seat_number: number }))),
);

type Changes = ById & {
  readonly status: ReservationStatus;
  readonly holdExpiresAt: Date;
  readonly extensions: number;
  readonly paymentId: string | null;
};

function changeReservation(db: Kysely<Database>, { id, ...changes }: Slots<Changes>) {
  return db
    .updateTable('reservation')
    .set({
      status: changes.status,
      hold_expires_at: changes.holdExpiresAt,
      extensions: changes.extensions,
      payment_id: changes.paymentId,
    })
    .where('id', '=', id);
}

export const updateReservation = prepare(changeReservation);

export const updateEndedReservation = prepare((db, slots: Slots<Changes>) =>
  changeReservation(db, slots).set({ live_hold: null }),
);
