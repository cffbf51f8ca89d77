import type { Connection } from 'mysql2/promise';
import { withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { PRICE } from '../data/benchmark-sale.ts';
import type { Sale } from './funded-sale.ts';

/** Throws unless MySQL flushes its redo log and binary log before it answers a commit. */
export async function assertDurable(db: Connection): Promise<void> {
  const [settings] = await query(
    db,
    'select @@innodb_flush_log_at_trx_commit as redo, @@sync_binlog as binlog, @@log_bin as is_logging',
  );
  if (settings?.['redo'] !== 1 || settings['binlog'] !== 1 || settings['is_logging'] !== 1)
    throw new Error(`MySQL is not durable: ${JSON.stringify(settings)}`);
}

/** Throws unless as many seats are sold once and paid once, by as many fans who buy `seatsEach`, whose places have ended. */
export async function assertSold(
  db: Connection,
  { concertId, eventIds }: Sale,
  seats: number,
  seatsEach = 1,
): Promise<void> {
  const amount = seatsEach * PRICE;
  const [found] = await query(
    db,
    `select
      (select count(*) from seat where concert_event_id in (?) and status = 'SOLD') as seats,
      (select count(*) from seat where concert_event_id in (?) and reservation_id is not null) as owned,
      (select count(*) from seat join reservation_seat rs
        on rs.reservation_id = seat.reservation_id and rs.seat_number = seat.number
        where concert_event_id in (?)) as reserved,
      (select count(*) from reservation where concert_id = ? and status = 'CONFIRMED') as reservations,
      (select count(*) from payment p join reservation r on r.id = p.reservation_id
        where r.concert_id = ? and p.amount = ?) as payments,
      (select count(*) from wallet_entry e join payment p on p.id = e.payment_id
        join reservation r on r.id = p.reservation_id
        where r.concert_id = ? and e.kind = 'PAYMENT' and e.amount = -?) as debits,
      (select count(*) from queue_end where concert_id = ? and reason = 'COMPLETED') as ends`,
    [eventIds, eventIds, eventIds, concertId, concertId, amount, concertId, amount, concertId],
  );
  const { seats: sold, owned, reserved, ...sales } = found ?? {};
  const isWrong =
    [sold, owned, reserved].some((count) => count !== seats) ||
    Object.values(sales).some((count) => count !== seats / seatsEach);
  if (isWrong) throw new Error(`${seats} seats were for sale, but ${JSON.stringify(found)}`);
}

/** Throws if any row violates the invariants of seats and money. */
export async function assertInvariants(mysqlUrl: string): Promise<void> {
  const violations = await withMysqlAudit({ url: mysqlUrl }, (audit) => audit.findViolations());
  if (Object.keys(violations).length > 0) throw new Error(`the audit found ${JSON.stringify(violations)}`);
}

async function query(db: Connection, sql: string, values: readonly unknown[] = []) {
  const [rows] = await db.query(sql, values as never);
  return rows as Record<string, unknown>[];
}
