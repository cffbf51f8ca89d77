import type { ReservationReads, Reservations } from '@frontrow/application/ports/booking/reservations.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import {
  type ConfirmedReservation,
  type HeldReservation,
  type Reservation,
  reservationAt,
} from '@frontrow/domain/booking/reservation.ts';
import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import { toSalesOfBoth } from '../catalog/sales-columns.ts';
import { toPolicy } from '../catalog/policies.ts';
import { fromInstant, statementClock, toInstant } from '../connection/columns.ts';
import { isDuplicate } from '../connection/faults.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { deferSql, runSql, valueBy } from '../connection/run-sql.ts';
import { findHistories } from './hold-histories.ts';
import { selectReservations, toReservation } from './reservation-rows.ts';
import {
  findReservation,
  findStoredHold,
  findWithSale,
  lockRows,
  updateEndedReservation,
  updateReservation,
} from './reservation-statements.ts';
import type { Database } from '../schema/schema.ts';
import { concertOfReservation } from '../shared/concert-of-row.ts';

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
    async addHeld(reservations, lapsedHolds, unpaidSince) {
      if (lapsedHolds.length > 0) await retireLapsedHolds(db, lapsedHolds);
      await insertHeld(db, reservations);
      await insertSeats(db, reservations);
      try {
        return ok(await findHistories(db, reservations, unpaidSince));
      } catch (error) {
        if (!isDuplicate(error, 'reservation_one_live_hold')) throw error;
        return refuse({ code: 'HOLD_LIMIT_EXCEEDED', reservationId: await findRival(db, reservations) });
      }
    },
    addGiven: (reservation) => insertGiven(db, reservation),
    findHistories: (asked, unpaidSince) => findHistories(db, asked, unpaidSince),
    async lock(id) {
      await lockRows(db, [id]);
      // In a statement of its own, which sees what was committed while the first one waited for the lock.
      const [row] = (await findWithSale(db, { id })).rows;
      if (row === undefined) return null;
      const asOf = toInstant(row.as_of);
      const event = {
        startsAt: toInstant(row.starts_at),
        reservationStartAt: toInstant(row.reservation_start_at),
        reservationEndAt: toInstant(row.reservation_end_at),
      };
      return {
        reservation: reservationAt(toReservation(row), asOf),
        isStoredHeld: row.status === 'HELD',
        hold: toPolicy(row.policy).hold,
        event,
        sales: toSalesOfBoth(row),
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
    async confirm(reservations) {
      const ids = reservations.map(({ id }) => id);
      const payments = reservations.map(({ paymentId }) => paymentId);
      await deferSql(db, CONFIRM, [ids, payments, ids], ids.length);
    },
    async saveRefunds(reservations) {
      const ids = reservations.map(({ id }) => id);
      const statuses = reservations.map(({ status }) => status);
      const amounts = reservations.map(({ refundedAmount }) => refundedAmount);
      await deferSql(db, SAVE_REFUNDS, [ids, statuses, ids, amounts, ids], ids.length);
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
    async recordChange({ reservationId, kind, at, actor, reason }) {
      await db
        .insertInto('reservation_change')
        .values({
          reservation_id: reservationId,
          concert_id: concertOfReservation(reservationId),
          kind,
          changed_at: fromInstant(at),
          actor,
          reason,
        })
        .execute();
    },
  };
}

const CONFIRM = `update reservation set status = 'CONFIRMED', live_hold = null, payment_id = ${valueBy('id')}
  where id in (?) and status = 'HELD'`;

const SAVE_REFUNDS = `update reservation set status = ${valueBy('id')}, refunded_amount = ${valueBy('id')}
  where id in (?) and status = 'CONFIRMED'`;

function paymentOf(reservation: Reservation): string | null {
  return 'paymentId' in reservation ? reservation.paymentId : null;
}

/**
 * Removes lapsed holds from the unique key. They stay HELD, so that the sweeper finds their seats. The caller has found them
 * without a lock, and they are updated by the primary key, because the sweeper and a payment lock the row before its entry
 * in the unique key: the reverse order would deadlock with them.
 */
async function retireLapsedHolds(db: Kysely<Database>, ids: readonly ReservationId[]): Promise<void> {
  await deferSql(
    db,
    // Not those that have been extended since.
    'update reservation set live_hold = null where id in (?) and hold_expires_at <= sysdate(3) order by id',
    [ids],
  );
}

/** The failed insert keeps a shared lock on the rival's entry in the unique key, so that it is still there. */
async function findRival(
  db: Kysely<Database>,
  reservations: readonly HeldReservation[],
): Promise<ReservationId> {
  const [first] = reservations;
  const users = reservations.map(({ userId }) => userId);
  const { rows } = await runSql<{ id: string }>(
    db,
    'select id from reservation where concert_id = ? and live_hold = 1 and user_id in (?) limit 1',
    [first?.concertId, users],
  );
  const [rival] = rows;
  invariant(rival !== undefined, `the hold that one of ${users.join()} already has is not stored`);
  return rival.id;
}

/**
 * Waits for transactions that end a hold of one of the users in this concert, because the unique key is occupied until their
 * commit. A read of `queue_end` after this insert therefore sees the end that a payment has written. The rows are in the
 * order of the key, so that no two transactions wait for each other.
 */
async function insertHeld(db: Kysely<Database>, reservations: readonly HeldReservation[]): Promise<void> {
  const rows = reservations
    .toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
    .map((held) => [
      held.id,
      held.userId,
      held.concertId,
      held.eventId,
      'HELD',
      held.totalAmount,
      held.sequence,
      fromInstant(held.createdAt),
      fromInstant(held.holdExpiresAt),
      held.extensions,
      1,
    ]);
  await deferSql(db, INSERT_HELD, [rows]);
}

async function insertGiven(db: Kysely<Database>, given: ConfirmedReservation): Promise<void> {
  await deferSql(db, INSERT_GIVEN, [
    [
      given.id,
      given.userId,
      given.concertId,
      given.eventId,
      given.status,
      given.totalAmount,
      given.sequence,
      fromInstant(given.createdAt),
      fromInstant(given.holdExpiresAt),
      given.extensions,
      given.paymentId,
      given.complimentary,
    ],
  ]);
  await insertSeats(db, [given]);
}

async function insertSeats(
  db: Kysely<Database>,
  reservations: readonly Pick<Reservation, 'id' | 'concertId' | 'seatNumbers'>[],
): Promise<void> {
  const seats = reservations.flatMap(({ id, concertId, seatNumbers }) =>
    seatNumbers.map((number) => [id, concertId, number]),
  );
  await deferSql(db, 'insert into reservation_seat (reservation_id, concert_id, seat_number) values ?', [
    seats,
  ]);
}

const INSERT_HELD = `insert into reservation (id, user_id, concert_id, concert_event_id, status, total_amount, sequence,
    created_at, hold_expires_at, extensions, live_hold) values ?`;
const INSERT_GIVEN = `insert into reservation (id, user_id, concert_id, concert_event_id, status, total_amount, sequence,
    created_at, hold_expires_at, extensions, payment_id, complimentary) values (?)`;
