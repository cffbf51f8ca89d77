import type { HeldReservation, ReservationStatus } from '@frontrow/domain/booking/reservation.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { acceptsWrites } from '../connection/accepts-writes.ts';
import { rowClock, statementClock } from '../connection/columns.ts';
import { type Placeholders, prepare } from '../connection/prepare.ts';
import { deferSql } from '../connection/run-sql.ts';
import { selectReservations } from './reservation-rows.ts';
import type { Database } from '../schema/schema.ts';

type ById = { readonly id: string };

export const findReservation = prepare((db, { id }: Placeholders<ById>) =>
  selectReservations(db).select(statementClock.as('as_of')).where('r.id', '=', id).where(acceptsWrites),
);

/** Locks nothing else: all reservations of a concert would contend for its row. */
export async function lockRows(db: Kysely<Database>, ids: readonly ReservationId[]): Promise<void> {
  await deferSql(db, 'select id from reservation where id in (?) order by id for update', [ids]);
}

export const findWithSale = prepare((db, { id }: Placeholders<ById>) =>
  selectReservations(db)
    .innerJoin('concert as c', 'c.id', 'r.concert_id')
    .innerJoin('concert_event as e', 'e.id', 'r.concert_event_id')
    .select(['c.policy', 'e.starts_at', 'e.reservation_start_at', 'e.reservation_end_at'])
    .select(['e.sales_state', 'e.sales_reason'])
    .select(['c.sales_state as concert_sales_state', 'c.sales_reason as concert_sales_reason'])
    .select(rowClock.as('as_of'))
    .where('r.id', '=', id),
);

export const findStoredHold = prepare(
  (db, { concertId, userId }: Placeholders<Pick<HeldReservation, 'concertId' | 'userId'>>) =>
    db
      .selectFrom('reservation')
      .select(['id', 'hold_expires_at', statementClock.as('as_of')])
      .where('concert_id', '=', concertId)
      .where('user_id', '=', userId)
      .where('live_hold', '=', 1),
);

type Changes = ById & {
  readonly status: ReservationStatus;
  readonly holdExpiresAt: Date;
  readonly extensions: number;
  readonly paymentId: string | null;
};

function changeReservation(db: Kysely<Database>, { id, ...changes }: Placeholders<Changes>) {
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

export const updateEndedReservation = prepare((db, changes: Placeholders<Changes>) =>
  changeReservation(db, changes).set({ live_hold: null }),
);
