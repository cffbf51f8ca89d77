import type { ReservationReads, Reservations } from '@frontrow/application/ports/booking/reservations.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import {
  type HeldReservation,
  type Reservation,
  reservationAt,
} from '@frontrow/domain/booking/reservation.ts';
import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import { toPolicy } from '../catalog/policies.ts';
import { fromInstant, rowClock, statementClock, toInstant, toInteger } from '../connection/columns.ts';
import { isDuplicate } from '../connection/faults.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { selectReservations, toReservation } from './reservation-rows.ts';
import {
  findReservation,
  findStoredHold,
  insertHeldReservation,
  insertReservationSeats,
  lockReservation,
  selectHistory,
  updateEndedReservation,
  updateReservation,
} from './reservation-statements.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlReservationReads(db: Kysely<Database>): ReservationReads {
  return {
    async find(id) {
      const [row] = (await findReservation(db, { id })).rows;
      return row === undefined ? null : reservationAt(toReservation(row), toInstant(row.as_of));
    },
    async list(userId, page) {
      const { cursor } = page;
      const rows = await selectReservations(db)
        .select(statementClock.as('as_of'))
        .where('r.user_id', '=', userId)
        .$if(cursor !== null, (query) => query.where('r.id', '<', cursor))
        .orderBy('r.id', 'desc')
        .limit(rowsForPage(page))
        .execute();
      return toPage(
        rows,
        page,
        ({ id }) => id,
        (row) => reservationAt(toReservation(row), toInstant(row.as_of)),
      );
    },
    async listLapsed(limit) {
      const rows = await db
        .selectFrom('reservation')
        .select('id')
        .where('status', '=', 'HELD')
        .where('hold_expires_at', '<=', statementClock)
        .orderBy('hold_expires_at')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

export function createMysqlReservations(db: Kysely<Database>): Reservations {
  const reads = createMysqlReservationReads(db);
  return {
    find: (id) => reads.find(id),
    async findLiveHold(concertId, userId) {
      const [own] = (await findStoredHold(db, { concertId, userId })).rows;
      return own !== undefined && own.hold_expires_at > own.as_of ? own.id : null;
    },
    async addHeld(reservation, lapsedHold) {
      if (lapsedHold !== null) await retireLapsedHold(db, lapsedHold);
      try {
        await insertHeld(db, reservation);
      } catch (error) {
        if (!isDuplicate(error, 'reservation_one_live_hold')) throw error;
        return refuse({ code: 'HOLD_LIMIT_EXCEEDED', reservationId: await findRival(db, reservation) });
      }
      await insertReservationSeats(db, { id: reservation.id, seatNumbers: reservation.seatNumbers });
      return ok(reservation);
    },
    async findHistory({ id, concertId, userId, sequence }, unpaidSince) {
      const keys = { id, concertId, userId, sequence };
      const { rows } = await selectHistory(db, { ...keys, unpaidSince: fromInstant(unpaidSince) });
      return {
        placeEnd: rows[0]?.place_end ?? null,
        seatsBought: rows.reduce(
          (count, { status, seats }) => (status === 'CONFIRMED' ? count + toInteger(seats) : count),
          0,
        ),
        unpaidHolds: rows.flatMap(({ status, created_at: createdAt, extensions }) =>
          status === 'CONFIRMED' || createdAt === null || extensions === null
            ? []
            : [{ createdAt: toInstant(createdAt), extensions }],
        ),
      };
    },
    async lock(id) {
      const [row] = (await lockReservation(db, { id })).rows;
      if (row === undefined) return null;
      const asOf = toInstant(row.as_of);
      const event = {
        startsAt: toInstant(row.starts_at),
        reservationStartAt: toInstant(row.reservation_start_at),
        reservationEndAt: toInstant(row.reservation_end_at),
      };
      return {
        reservation: reservationAt(toReservation(row), asOf),
        hold: toPolicy(row.policy).hold,
        event,
        asOf,
      };
    },
    async saveSeats({ id, seatNumbers, totalAmount }) {
      await db
        .deleteFrom('reservation_seat')
        .where('reservation_id', '=', id)
        .where('seat_number', 'not in', seatNumbers)
        .execute();
      await db.updateTable('reservation').set({ total_amount: totalAmount }).where('id', '=', id).execute();
    },
    async save(reservation) {
      const { id, status, holdExpiresAt, extensions } = reservation;
      const update = status === 'HELD' ? updateReservation : updateEndedReservation;
      const { numAffectedRows } = await update(db, {
        id,
        status,
        holdExpiresAt: fromInstant(holdExpiresAt),
        extensions,
        paymentId: paymentOf(reservation),
      });
      invariant(numAffectedRows === 1n, `there is no reservation ${id} to save`);
    },
  };
}

function paymentOf(reservation: Reservation): string | null {
  return 'paymentId' in reservation ? reservation.paymentId : null;
}

/**
 * Removes a lapsed hold from the unique key. It stays HELD, so that the sweeper finds its seats. The caller has found it
 * without a lock, and it is updated by its primary key, because the sweeper and a payment lock the row before its entry in
 * the unique key: the reverse order would deadlock with them.
 */
async function retireLapsedHold(db: Kysely<Database>, id: ReservationId): Promise<void> {
  await db
    .updateTable('reservation')
    .set({ live_hold: null })
    .where('id', '=', id)
    .where('hold_expires_at', '<=', rowClock) // unless it has been extended since
    .execute();
}

/** The failed insert keeps a shared lock on the rival's entry in the unique key, so that it is still there. */
async function findRival(
  db: Kysely<Database>,
  { concertId, userId }: HeldReservation,
): Promise<ReservationId> {
  const [rival] = (await findStoredHold(db, { concertId, userId })).rows;
  invariant(rival !== undefined, `the hold that ${userId} already has in ${concertId} is not stored`);
  return rival.id;
}

/**
 * Waits for a transaction that ends a hold of the same user in this concert, because the unique key is occupied until its
 * commit. A read of `queue_end` after this insert therefore sees the end that a payment has written.
 */
async function insertHeld(db: Kysely<Database>, reservation: HeldReservation): Promise<void> {
  const { createdAt, holdExpiresAt } = reservation;
  const instants = { createdAt: fromInstant(createdAt), holdExpiresAt: fromInstant(holdExpiresAt) };
  await insertHeldReservation(db, { ...reservation, ...instants });
}
