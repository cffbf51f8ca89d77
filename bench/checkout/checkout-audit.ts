import type { Connection } from 'mysql2/promise';
import { withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { PRICE } from '../data/benchmark-sale.ts';
import type { FundedSale } from './funded-sale.ts';

/** Throws unless MySQL flushes its redo log and binary log before it answers a commit. */
export async function assertDurable(db: Connection): Promise<void> {
  const [settings] = await query(
    db,
    'select @@innodb_flush_log_at_trx_commit as redo, @@sync_binlog as binlog, @@log_bin as is_logging',
  );
  if (settings?.['redo'] !== 1 || settings['binlog'] !== 1 || settings['is_logging'] !== 1)
    throw new Error(`MySQL is not durable: ${JSON.stringify(settings)}`);
}

/** Throws unless every seat is sold exactly once and paid exactly once, with the same number of ended places. */
export async function assertSoldOut(db: Connection, { concertId, eventId, fans }: FundedSale): Promise<void> {
  const [found] = await query(
    db,
    `select
      (select count(*) from seat where concert_event_id = ? and status = 'SOLD') as seats,
      (select count(distinct reservation_id) from seat where concert_event_id = ?) as owners,
      (select count(*) from reservation where concert_event_id = ? and status = 'CONFIRMED') as confirmed,
      (select count(*) from payment p join reservation r on r.id = p.reservation_id
        where r.concert_event_id = ? and p.amount = ?) as payments,
      (select count(*) from wallet_entry e join payment p on p.id = e.payment_id
        join reservation r on r.id = p.reservation_id
        where r.concert_event_id = ? and e.kind = 'PAYMENT' and e.amount = -?) as debits,
      (select count(*) from queue_end where concert_id = ? and reason = 'COMPLETED') as ends`,
    [eventId, eventId, eventId, eventId, PRICE, eventId, PRICE, concertId],
  );
  const wrong = Object.entries(found ?? {}).filter(([, count]) => count !== fans.length);
  if (found === undefined || wrong.length > 0)
    throw new Error(`${fans.length} seats were for sale, but ${JSON.stringify(Object.fromEntries(wrong))}`);
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
