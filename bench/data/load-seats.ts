import type { Connection } from 'mysql2/promise';
import { loadInBulk, numbers } from './bulk-load.ts';
import { type CatalogSize, assertCount, digitsSql, eventIdSql } from './load-concerts.ts';

/** Every date of the first `concertsWithSeats` concerts has 50 seats. */
export type SeatingSize = CatalogSize & { readonly concertsWithSeats: number };

export const SEATS_PER_DATE = 50;
/** Three dates of the next concert are stadiums, one for each of AVAILABLE_PERCENT. */
export const STADIUM_SEATS = 50_000;
/** Percentage of AVAILABLE seats of a date; the dates of a concert cycle through these. */
export const AVAILABLE_PERCENT = [10, 50, 90] as const;
export type AvailablePercent = (typeof AVAILABLE_PERCENT)[number];
const STADIUMS = AVAILABLE_PERCENT.length;
const ROWS_AT_ONCE = 200_000;
/** Parallel loaders; the benchmark is made for two cores. */
const LOADERS = 2;

/** Gives 10 million seats: 9.85 million on 197,000 dates, and 150,000 in three stadiums. */
export const CONCERTS_WITH_SEATS = 197;

export function countSeats({ concertsWithSeats, datesPerConcert }: SeatingSize): number {
  return concertsWithSeats * datesPerConcert * SEATS_PER_DATE + STADIUMS * STADIUM_SEATS;
}

/** The index of the first date with this percentage of AVAILABLE seats; every third date after it has the same. */
export function firstDateWith(percent: AvailablePercent): number {
  return AVAILABLE_PERCENT.indexOf(percent);
}

/**
 * The number of the seat with this rank, on a date of 50 seats: ranks below half the percentage are AVAILABLE, the next
 * rank is a lapsed hold.
 */
export function seatOfRank(rank: number): number {
  return (rank * RANK_TO_NUMBER) % SEATS_PER_DATE || SEATS_PER_DATE;
}
/** The inverse of 7 modulo 50, because a seat's rank is 7 × number modulo 50. */
const RANK_TO_NUMBER = 43;

/** Loads the seats of the dates that `loadConcerts` created; 10 million take minutes. */
export async function loadSeats(mysqlUrl: string, size: SeatingSize): Promise<void> {
  const { concertsWithSeats, datesPerConcert } = size;
  const share = Math.ceil(datesPerConcert / LOADERS);
  await Promise.all(
    Array.from({ length: LOADERS }, (_, loader) => {
      const dates = [loader * share, Math.min((loader + 1) * share, datesPerConcert)] as const;
      return loadInBulk(mysqlUrl, (connection) => insertSeats(connection, size, dates));
    }),
  );
  await loadInBulk(mysqlUrl, async (connection) => {
    await describeSeats(connection, STADIUM_SEATS);
    const concerts = [concertsWithSeats, concertsWithSeats + 1] as const;
    await connection.query(insertStatement(size, { dates: [0, STADIUMS], concerts }));
    await connection.query('analyze table seat');
    await assertCount(connection, 'seat', countSeats(size));
  });
}

type Range = readonly [from: number, to: number];

async function insertSeats(connection: Connection, size: SeatingSize, [from, to]: Range): Promise<void> {
  await describeSeats(connection, SEATS_PER_DATE);
  const datesAtOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / (size.concertsWithSeats * SEATS_PER_DATE)));
  for (let date = from; date < to; date += datesAtOnce) {
    const dates = [date, Math.min(date + datesAtOnce, to)] as const;
    await connection.query(insertStatement(size, { dates, concerts: [0, size.concertsWithSeats] }));
  }
}

/**
 * Creates the state of each seat number for each percentage, spread over the numbers. Of the seats that are not AVAILABLE
 * three fifths are SOLD, one fifth is HELD, and one fifth has a hold that lapsed a minute ago.
 */
async function describeSeats(connection: Connection, seats: number): Promise<void> {
  await connection.query(`create temporary table seat_facts (primary key (variant, number))
    with recursive ${numbers('seat_number', 1, seats + 1)}, ${numbers('variant_number', 0, STADIUMS)}
    select
      variant.n as variant, seat.n as number, seat.n * 7 % 5 as fifth,
      seat.n * 7 % 50 * 2 < elt(variant.n + 1, ${AVAILABLE_PERCENT.join(', ')}) as is_free
    from variant_number variant straight_join seat_number seat`);
}

/** Inserts rows in the order of the primary key. */
function insertStatement(
  { concerts }: CatalogSize,
  block: { readonly dates: Range; readonly concerts: Range },
): string {
  const reservation = digitsSql(`(d.n * ${concerts} + c.n) * ${STADIUM_SEATS} + s.number`);
  return `insert into seat (concert_event_id, number, price, status, reservation_id, hold_expires_at)
    with recursive
      ${numbers('date_number', ...block.dates)},
      ${numbers('concert_number', ...block.concerts)}
    select
      ${eventIdSql('d.n', 'c.n', { concerts })}, s.number, 100000,
      if(s.is_free, 'AVAILABLE', if(s.fifth < 2, 'HELD', 'SOLD')),
      if(s.is_free, null, concat('01JDRESERV', ${reservation})),
      if(s.is_free or s.fifth > 1, null, if(s.fifth = 0, now(3) - interval 1 minute, now(3) + interval 1 day))
    from date_number d straight_join concert_number c straight_join seat_facts s on s.variant = d.n % ${STADIUMS}`;
}
