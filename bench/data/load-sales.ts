import type { Connection } from 'mysql2/promise';
import { loadInBulk, numbers } from './bulk-load.ts';
import {
  type CatalogSize,
  assertCount,
  concertIdAt,
  digitsSql,
  eventIdAt,
  eventIdSql,
} from './load-concerts.ts';
import { STADIUM_SEATS } from './load-seats.ts';

/** The dates of one concert have reservations in every state, all older than today; the first date is a sold-out stadium. */
export type SalesSize = CatalogSize & { readonly concertWithSales: number; readonly datesWithSales: number };

const SALES_OF_STADIUM = 200_000;
const SALES_PER_DATE = 10_000;
const SEATS_PER_SALE = 2;
/** The acts of staff in the audit log, one for each of the first reservations. */
const AUDIT_ENTRIES = 1_000_000;
const CHECKED_IN = 40_000;
const USERS = 500_000;
const DAYS = 60;
const DAY_SECONDS = 86_400;
const PRICE = 100_000;

export const stadiumId = (size: SalesSize) => eventIdAt(size.concertWithSales, 0, size);
/** The id of sale 0, 1, …; those of the stadium are the first. */
export const saleIdAt = (sale: number) => `${SALE_PREFIX}${String(sale).padStart(16, '0')}`;
const SALE_PREFIX = '01JDSALESS';
const saleIdSql = `concat('${SALE_PREFIX}', ${digitsSql('n')})`;
const paymentIdSql = `concat('01JDPAYMNT', ${digitsSql('n')})`;
const AMOUNT = PRICE * SEATS_PER_SALE;

export function countSales({ datesWithSales }: SalesSize): number {
  return SALES_OF_STADIUM + datesWithSales * SALES_PER_DATE;
}

/** The tables with secondary keys. */
const TABLES = [
  'reservation',
  'payment',
  'wallet_entry',
  'refund',
  'refund_seat',
  'reservation_change',
  'audit_log',
];

/** Drops the secondary keys of a table, whose rows then load several times as fast. Returns the statement that adds them. */
async function dropKeys(connection: Connection, table: string): Promise<string> {
  const [rows] = await connection.query(
    `select index_name as name, min(non_unique) as is_plain,
       group_concat(column_name, if(collation = 'D', ' desc', '') order by seq_in_index) as columns
     from information_schema.statistics where table_schema = database() and table_name = ? and index_name <> 'PRIMARY'
     group by index_name`,
    [table],
  );
  const keys = rows as { name: string; is_plain: number; columns: string }[];
  await connection.query(`alter table ${table} ${keys.map(({ name }) => `drop key ${name}`).join()}`);
  const added = keys.map(
    ({ name, is_plain: isPlain, columns }) => `add ${isPlain ? '' : 'unique '}key ${name} (${columns})`,
  );
  return `alter table ${table} ${added.join()}`;
}

/** Loads reservations with their seats, payments, refunds, ledger, check-ins and audit log. A million take minutes. */
export async function loadSales(mysqlUrl: string, size: SalesSize): Promise<void> {
  await loadInBulk(mysqlUrl, async (connection) => {
    const [before] = await connection.query('select count(*) as found from reservation');
    await describeSales(connection, size);
    const restore: string[] = [];
    for (const table of TABLES) restore.push(await dropKeys(connection, table));
    for (const statement of statements(size)) await connection.query(statement);
    await connection.query('drop table sale_fact');
    for (const statement of restore) await connection.query(statement);
    await connection.query(`analyze table ${TABLES.join()}, reservation_seat, gate_check_in, seat`);
    const { found } = (before as { found: number }[])[0]!;
    await assertCount(connection, 'reservation', found + countSales(size));
    await assertCount(connection, 'audit_log', AUDIT_ENTRIES);
  });
}

/**
 * Creates the facts of each sale. In the stadium one in eight is CONFIRMED and has all seats; one in forty is REFUNDED.
 * Of other dates three fifths are CONFIRMED and a tenth is REFUNDED.
 */
async function describeSales(connection: Connection, size: SalesSize): Promise<void> {
  const dates = size.datesWithSales;
  const later = `n - ${SALES_OF_STADIUM}`;
  await connection.query(`create table sale_fact (
      n int primary key, event_id varchar(26), user_id varchar(128), turn int, seat int, status varchar(10), created_at datetime(3)
    ) default character set utf8mb4 collate utf8mb4_0900_bin`);
  const parts = [
    `'${stadiumId(size)}' as event_id, if(n % 8 = 0, n div 8 * 2 % ${STADIUM_SEATS}, n * 2 % ${STADIUM_SEATS}) as seat,
     if(n % 8 = 0, 'CONFIRMED', if(n % 40 = 1, 'REFUNDED', 'EXPIRED')) as status,
     utc_date() - interval 2 day + interval n * 50000 microsecond as created_at
     from sale_number where n < ${SALES_OF_STADIUM}`,
    `${eventIdSql(`(1 + (${later}) % ${dates})`, String(size.concertWithSales), size)} as event_id,
     (${later}) div ${dates} * 2 % ${STADIUM_SEATS} as seat,
     elt(1 + (${later}) div ${dates} % 10, 'CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'CONFIRMED',
       'REFUNDED', 'CANCELLED', 'EXPIRED', 'EXPIRED') as status,
     utc_date() - interval ${DAYS} day
       + interval (${later}) * ${(DAYS - 3) * DAY_SECONDS} div ${dates * SALES_PER_DATE} second as created_at
     from sale_number where n >= ${SALES_OF_STADIUM}`,
  ];
  for (const part of parts)
    await connection.query(`insert into sale_fact
      with recursive ${numbers('hundreds', 0, countSales(size) / 100)}, ${numbers('units', 0, 100)},
        sale_number (n) as (select h.n * 100 + u.n from hundreds h straight_join units u),
        fact as (select n, ${part})
      select n, event_id, concat('user-', left(sha2(n % ${USERS}, 256), 32)), n div ${USERS}, seat, status, created_at from fact`);
}

function statements(size: SalesSize): readonly string[] {
  const paid = `from sale_fact where status in ('CONFIRMED', 'REFUNDED')`;
  const refunded = `from sale_fact where status = 'REFUNDED'`;
  const stadium = `n < ${SALES_OF_STADIUM} and status = 'CONFIRMED'`;
  const concertId = concertIdAt(size.concertWithSales);
  const both = 'join (select 1 as second union all select 2) two on true';
  const entry = (number: number, kind: string, amount: number, minutes: number, of: string) => `
    insert into wallet_entry (user_id, entry_number, id, kind, amount, balance_after, payment_id, created_at)
    select user_id, turn * 3 + ${number}, concat('01JDENTRY${number}', ${digitsSql('n')}), '${kind}', ${amount}, 0,
      ${number > 1 ? paymentIdSql : 'null'}, created_at + interval ${minutes} minute ${of}`;
  return [
    `insert into reservation (id, user_id, concert_id, concert_event_id, status, total_amount, sequence, created_at,
       hold_expires_at, extensions, payment_id, live_hold, refunded_amount)
     select ${saleIdSql}, user_id, '${concertId}', event_id, status, ${AMOUNT}, n, created_at, created_at + interval 5 minute, 0,
       if(status in ('CONFIRMED', 'REFUNDED'), ${paymentIdSql}, null), null, if(status = 'REFUNDED', ${AMOUNT}, 0) from sale_fact`,
    `insert into reservation_seat (reservation_id, seat_number) select ${saleIdSql}, seat + second from sale_fact ${both}`,
    `insert into payment (id, reservation_id, user_id, amount, balance_after, paid_at) select ${paymentIdSql}, ${saleIdSql}, user_id, ${AMOUNT}, 0, created_at + interval 1 minute ${paid}`,
    entry(1, 'CHARGE', AMOUNT, 0, 'from sale_fact'),
    entry(2, 'PAYMENT', -AMOUNT, 1, paid),
    entry(3, 'REFUND', AMOUNT, 90, refunded),
    `insert into refund select concat('01JDREFUND', ${digitsSql('n')}), ${saleIdSql}, ${paymentIdSql}, user_id, '${concertId}', event_id,
       ${SEATS_PER_SALE}, ${AMOUNT}, ${AMOUNT}, concat('01JDENTRY3', ${digitsSql('n')}), created_at + interval 90 minute, user_id, null ${refunded}`,
    `insert into refund_seat (reservation_id, seat_number, refund_id) select ${saleIdSql}, seat + second, concat('01JDREFUND', ${digitsSql('n')})
     from sale_fact ${both} where status = 'REFUNDED'`,
    `insert into reservation_change (reservation_id, kind, changed_at, actor)
     select ${saleIdSql}, if(status = 'CANCELLED', 'CANCELLED', 'EXTENDED'), created_at, user_id from sale_fact where n % 5 = 0`,
    `insert into seat (concert_event_id, number, price, status, reservation_id)
     select event_id, seat + second, ${PRICE} * (1 + seat div 20000), 'SOLD', ${saleIdSql} from sale_fact ${both} where ${stadium}
     order by seat + second`,
    `insert into gate_check_in (reservation_id, seat_number, concert_event_id, gate, actor, checked_in_at) select ${saleIdSql}, seat + second, event_id, 'North', 'staff', created_at + interval 1 day
     from sale_fact ${both} where ${stadium} and seat < ${CHECKED_IN}`,
    `insert into audit_log (created_at, actor, route, request_id, target, reason, state_before, state_after)
     select created_at, concat('staff-', n % 50), 'POST /v1/admin/reservations/{reservationId}/refund', concat('request-', n),
       concat('reservation/', ${saleIdSql}), 'A broken seat', '{"status":"CONFIRMED"}', '{"status":"REFUNDED"}'
     from sale_fact where n < ${AUDIT_ENTRIES}`,
  ];
}
