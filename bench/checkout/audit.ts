import type { Connection } from 'mysql2/promise';
import { findViolations } from '@frontrow/tests/support/audit.ts';
import { PRICE } from '../data/on-sale.ts';
import type { Sale } from './sale.ts';

/** Throws unless commits are on disk, in the redo log and in the binary log, before they are answered. */
export async function assertDurable(db: Connection): Promise<void> {
  const [settings] = await one(
    db,
    'select @@innodb_flush_log_at_trx_commit as redo, @@sync_binlog as binlog, @@log_bin as is_logging',
  );
  if (settings?.['redo'] !== 1 || settings['binlog'] !== 1 || settings['is_logging'] !== 1)
    throw new Error(`MySQL is not durable: ${JSON.stringify(settings)}`);
}

/** Throws unless every seat was sold once and paid once, and nothing else was. */
export async function assertSoldOut(db: Connection, { concertId, eventId, fans }: Sale): Promise<void> {
  const [found] = await one(
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

/** Throws unless everything in the database keeps the invariants of seats and money. */
export async function assertInvariants(db: Connection): Promise<void> {
  const violations = await findViolations(db);
  if (Object.keys(violations).length > 0) throw new Error(`the audit found ${JSON.stringify(violations)}`);
}

async function one(db: Connection, query: string, values: readonly unknown[] = []) {
  const [rows] = await db.query(query, values as never);
  return rows as Record<string, unknown>[];
}
