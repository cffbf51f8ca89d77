import type { Connection } from 'mysql2/promise';
import { loadInBulk, numbers } from './bulk-load.ts';
import { type CatalogSize, assertCount, digitsSql, eventIdSql } from './concerts.ts';

/** Of these concerts, the first, every date has 50 seats. */
export type SeatingSize = CatalogSize & { readonly concertsWithSeats: number };

export const SEATS_PER_DATE = 50;
/** Three dates of one more concert are stadiums, one for each share of seats that are available. */
export const STADIUM_SEATS = 50_000;
/** Per cent of a date's seats that are AVAILABLE: the dates of a concert take turns. */
export const AVAILABLE_PERCENT = [10, 50, 90] as const;
export type AvailablePercent = (typeof AVAILABLE_PERCENT)[number];
const STADIUMS = AVAILABLE_PERCENT.length;
const ROWS_AT_ONCE = 200_000;
/** One for each of the two cores that the benchmark is made for. */
const LOADERS = 2;

/** With them 10 million seats: 9.85 million on 197,000 dates, and 150,000 in three stadiums. */
export const CONCERTS_WITH_SEATS = 197;

export function countSeats({ concertsWithSeats, datesPerConcert }: SeatingSize): number {
  return concertsWithSeats * datesPerConcert * SEATS_PER_DATE + STADIUMS * STADIUM_SEATS;
}

/** The first date with so many per cent of its seats AVAILABLE, and every third after it; of the last concert, a stadium. */
export function dateWith(percent: AvailablePercent): number {
  return AVAILABLE_PERCENT.indexOf(percent);
}

/** A seat of a date of 50 by its rank: the ranks below half the percentage are AVAILABLE, the next one is a lapsed hold. */
export function seatRanked(rank: number): number {
  return (rank * INVERSE) % SEATS_PER_DATE || SEATS_PER_DATE;
}
/** A seat's rank is seven times its number, modulo 50. */
const INVERSE = 43;

/** Seats of the dates that `loadConcerts` made: 10 million in minutes. */
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
 * What the seats of a date are like, for each share. Of those that are not AVAILABLE three fifths are SOLD, one fifth is
 * HELD, and one fifth was HELD until a minute ago; they are spread over the numbers.
 */
async function describeSeats(connection: Connection, seats: number): Promise<void> {
  await connection.query(`create temporary table seat_facts (primary key (turn, number))
    with recursive ${numbers('seat_number', 1, seats + 1)}, ${numbers('turn_number', 0, STADIUMS)}
    select
      turn.n as turn, seat.n as number, seat.n * 7 % 5 as lot,
      seat.n * 7 % 50 * 2 < elt(turn.n + 1, ${AVAILABLE_PERCENT.join(', ')}) as is_free
    from turn_number turn straight_join seat_number seat`);
}

/** Rows come in the order of the primary key. */
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
      if(s.is_free, 'AVAILABLE', if(s.lot < 2, 'HELD', 'SOLD')),
      if(s.is_free, null, concat('01JDRESERV', ${reservation})),
      if(s.is_free or s.lot > 1, null, if(s.lot = 0, now(3) - interval 1 minute, now(3) + interval 1 day))
    from date_number d straight_join concert_number c straight_join seat_facts s on s.turn = d.n % ${STADIUMS}`;
}
