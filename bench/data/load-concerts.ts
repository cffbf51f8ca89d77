import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import type { Connection } from 'mysql2/promise';
import { loadInBulk, numbers } from './bulk-load.ts';

/** 2,000 concerts with one date per day: 2 million dates. */
export const CONCERTS = 2_000;
export const DATES_PER_CONCERT = 1_000;
/** A sale starts this many days before its date and ends an hour before it, so this many dates are bookable at any time. */
export const BOOKABLE_DATES_PER_CONCERT = 60;
const ROWS_AT_ONCE = 200_000;

export type CatalogSize = { readonly concerts: number; readonly datesPerConcert: number };

/** The id of concert 0, 1, …; ids sort in this order. */
export const concertIdAt = (concert: number) => `${CONCERT_PREFIX}${digits(concert)}`;

/** The ids of all concerts interleave, as if dates were added over years: two dates of a concert are never neighbours. */
export const eventIdAt = (concert: number, date: number, { concerts }: Pick<CatalogSize, 'concerts'>) =>
  `${EVENT_PREFIX}${digits(date * concerts + concert)}`;

const CONCERT_PREFIX = '01JDCNCERT';
const EVENT_PREFIX = '01JDEVENTS';
const digits = (number: number) => String(number).padStart(16, '0');
/** The SQL expressions of the same ids. */
export const digitsSql = (number: string) => `lpad(${number}, 16, '0')`;
export const concertIdSql = (concert: string) => `concat('${CONCERT_PREFIX}', ${digitsSql(concert)})`;
export const eventIdSql = (date: string, concert: string, { concerts }: Pick<CatalogSize, 'concerts'>) =>
  `concat('${EVENT_PREFIX}', ${digitsSql(`${date} * ${concerts} + ${concert}`)})`;

/** Loads concerts and dates, without seats, into empty tables; 2 million dates take less than a minute. */
export async function loadConcerts(
  mysqlUrl: string,
  size: CatalogSize = { concerts: CONCERTS, datesPerConcert: DATES_PER_CONCERT },
): Promise<void> {
  await loadInBulk(mysqlUrl, async (connection) => {
    await insertConcerts(connection, size);
    await insertDates(connection, size);
    await connection.query('analyze table concert, concert_event');
    await assertCount(connection, 'concert', size.concerts);
    await assertCount(connection, 'concert_event', size.concerts * size.datesPerConcert);
  });
}

async function insertConcerts(connection: Connection, { concerts }: CatalogSize): Promise<void> {
  const policy = POLICY_DEFAULT;
  await connection.query(
    `insert into concert (id, title, artist, description, policy, room_version)
     with recursive ${numbers('concert_number', 0, concerts)}
     select ${concertIdSql('n')}, concat('Winter Light ', n), 'The Night Owls', repeat('An evening. ', 20), ?, 1
     from concert_number`,
    [JSON.stringify(policy)],
  );
}

async function insertDates(
  connection: Connection,
  { concerts, datesPerConcert }: CatalogSize,
): Promise<void> {
  // A quarter of the dates are in the past.
  const past = Math.floor(datesPerConcert / 4);
  const datesAtOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / concerts));
  for (let from = 0; from < datesPerConcert; from += datesAtOnce) {
    const to = Math.min(from + datesAtOnce, datesPerConcert);
    await connection.query(
      `insert into concert_event
         (id, concert_id, venue, starts_at, reservation_start_at, reservation_end_at, refund_until, seat_count, price)
       with recursive
         ${numbers('date_number', from, to)},
         ${numbers('concert_number', 0, concerts)},
         date_at (n, starts_at) as (
           select n, utc_date() + interval (n - ${past}) day + interval 20 hour from date_number
         )
       select
         ${eventIdSql('d.n', 'c.n', { concerts })}, ${concertIdSql('c.n')},
         'Olympic Hall, Seoul', d.starts_at, d.starts_at - interval ${BOOKABLE_DATES_PER_CONCERT} day,
         d.starts_at - interval 1 hour, d.starts_at - interval 1 day, 50, 100000
       from date_at d straight_join concert_number c`,
    );
  }
}

/** Throws unless the table has `expected` rows. */
export async function assertCount(connection: Connection, table: string, expected: number): Promise<void> {
  const [rows] = await connection.query('select count(*) as found from ??', [table]);
  const { found } = (rows as { found: number }[])[0]!;
  if (found !== expected) throw new Error(`${table} has ${found} rows instead of ${expected}`);
}
