import type { ReservationWithWallet } from '@frontrow/application/ports/payments/payments.ts';
import type { LockedWallet } from '@frontrow/application/ports/payments/wallets.ts';
import { reservationAt } from '@frontrow/domain/booking/reservation.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Kysely } from 'kysely';
import { type SalesRows, toSalesOfBoth } from '../catalog/sales-columns.ts';
import { toInstant, toInteger } from '../connection/columns.ts';
import { deferSql, runSql } from '../connection/run-sql.ts';
import { type ReservationRow, selectReservations, toReservation } from '../booking/reservation-rows.ts';
import { lockRows } from '../booking/reservation-statements.ts';
import type { Database } from '../schema/schema.ts';
import { lockWallets } from './lock-wallets.ts';

/** States and reasons of the date, then of its concert. */
type SalesOfBoth = readonly [Sales['state'], string | null, Sales['state'], string | null];
type LockedRow = ReservationRow & {
  readonly balance: string;
  readonly sales_of_both: SalesOfBoth;
  readonly as_of: Date;
};

/**
 * One statement, one row for each seat. It waits for no lock, so the order of its locks cannot cause a deadlock. A row with
 * a part that another transaction has locked is missing, and so is the row of an owner without a wallet.
 */
export async function lockAtOnce(
  db: Kysely<Database>,
  ids: readonly ReservationId[],
): Promise<readonly ReservationWithWallet[]> {
  const { rows } = await runSql<LockedRow>(db, LOCK_AT_ONCE, [ids]);
  const bySeats = Map.groupBy(rows, ({ id }) => id);
  const complete = [...bySeats.values()].flatMap(([first, ...others]) =>
    first !== undefined && first.seat_numbers.length === others.length + 1 ? first : [],
  );
  const asOf = Math.max(...rows.map((row) => toInstant(row.as_of)));
  return complete.map((row) => ({
    reservation: reservationAt(toReservation(row), asOf),
    wallet: { userId: row.user_id, balance: toInteger(row.balance) },
    sales: toSalesOfBoth(namedSales(row.sales_of_both)),
    asOf,
  }));
}

function namedSales([state, reason, concertState, concertReason]: SalesOfBoth): SalesRows {
  return {
    sales_state: state,
    sales_reason: reason,
    concert_sales_state: concertState,
    concert_sales_reason: concertReason,
  };
}

/** A subquery is not locked: all payments would contend for the rows of the date and the concert. */
const LOCK_AT_ONCE = `select straight_join r.id, r.user_id, r.concert_id, r.concert_event_id, r.status, r.total_amount,
    r.sequence, r.created_at, r.hold_expires_at, r.extensions, r.payment_id, r.refunded_amount, w.balance,
    sysdate(3) as as_of,
    (select json_array(e.sales_state, e.sales_reason, c.sales_state, c.sales_reason)
      from concert_event e join concert c on c.id = e.concert_id where e.id = r.concert_event_id) as sales_of_both,
    (select json_arrayagg(own.seat_number) from reservation_seat own where own.reservation_id = r.id) as seat_numbers,
    (select json_arrayagg(back.seat_number) from refund_seat back where back.reservation_id = r.id) as refunded_seats
  from reservation r
    join reservation_seat rs on rs.reservation_id = r.id
    join seat s on s.concert_event_id = r.concert_event_id and s.number = rs.seat_number
    join wallet w on w.user_id = r.user_id
  where r.id in (?) for update skip locked`;

/** Aims the session at the shards of users, and back at that of the sale. */
export type Crossing = {
  readonly to: (target: string) => Promise<void>;
  readonly toOwnSale: () => Promise<void>;
  /** The target of the shard of a user. */
  readonly shardOf: (id: UserId) => string;
};

/** Locks in the order of all transactions: seats ascending, then reservations, then wallets. Waits for each lock. */
export async function lockInOrder(
  db: Kysely<Database>,
  ids: readonly ReservationId[],
  crossing: Crossing | null,
): Promise<readonly ReservationWithWallet[]> {
  const found = (await selectReservations(db).where('r.id', 'in', ids).execute()).map(toReservation);
  if (found.length === 0) return [];
  const seats = found.flatMap(({ eventId, seatNumbers }) => seatNumbers.map((number) => [eventId, number]));
  await deferSql(db, LOCK_SEATS, [seats]);
  await lockRows(db, ids);
  const rows = await selectReservations(db)
    .innerJoin('concert as c', 'c.id', 'r.concert_id')
    .innerJoin('concert_event as e', 'e.id', 'r.concert_event_id')
    .select(['e.sales_state', 'e.sales_reason'])
    .select(['c.sales_state as concert_sales_state', 'c.sales_reason as concert_sales_reason'])
    .where('r.id', 'in', ids)
    .orderBy('r.id')
    .execute();
  const wallets = await lockWalletsOf(db, usersOf(rows), crossing);
  return rows.map((row) => {
    const reservation = toReservation(row);
    const locked = wallets.get(reservation.userId);
    invariant(locked !== undefined, `the wallet of ${reservation.userId} was opened and is not there`);
    return { reservation: reservationAt(reservation, locked.asOf), sales: toSalesOfBoth(row), ...locked };
  });
}

/** Of the owners, who may be on other shards than those who want to pay. */
async function lockWalletsOf(db: Kysely<Database>, users: readonly UserId[], crossing: Crossing | null) {
  if (crossing === null) return lockWallets(db, users);
  const locked = new Map<UserId, LockedWallet>();
  const byShard = Map.groupBy(users, crossing.shardOf);
  for (const [target, own] of [...byShard].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await crossing.to(target);
    for (const [userId, wallet] of await lockWallets(db, own)) locked.set(userId, wallet);
  }
  await crossing.toOwnSale();
  return locked;
}

function usersOf(rows: readonly Pick<ReservationRow, 'user_id'>[]): readonly UserId[] {
  return [...new Set(rows.map(({ user_id: userId }) => userId))];
}

const LOCK_SEATS = `select number from seat force index (primary) where (concert_event_id, number) in (?)
  order by concert_event_id, number for update`;
