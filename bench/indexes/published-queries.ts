import { CompiledQuery, sql } from 'kysely';
import { median } from '../harness/statistics.ts';
import type { Row } from '../harness/result-table.ts';
import { concertIdAt, eventIdAt } from '../data/load-concerts.ts';
import { AVAILABLE_PERCENT, firstDateWith } from '../data/load-seats.ts';
import { type Rounds, compareStatements } from './compare-statements.ts';
import { type LoadedMysql, logDuration } from './loaded-mysql.ts';
import type { QueryPlans } from './query-plans.ts';

type Variant = {
  readonly name: string;
  /** The index hint after the table name. */
  readonly hint: string;
  readonly index: string | null;
};

const SHORT_QUERY: Rounds = { warmUp: 1, measured: 5, sends: 20 };
const STADIUM_QUERY: Rounds = { warmUp: 1, measured: 5, sends: 3 };
/** Reads a table of millions of rows. */
const TABLE_SCAN: Rounds = { warmUp: 1, measured: 5, sends: 1 };

/** Bookable dates of a concert, latest sale first. Published: 378.8 ms without an index, 0.09 ms with it. */
export async function measureBookableDates(mysql: LoadedMysql, plans: QueryPlans): Promise<readonly Row[]> {
  const { size } = mysql;
  await logDuration('ascending variant of the index of dates', () =>
    sql`alter table concert_event
      add key window_ascending (concert_id, reservation_start_at, reservation_end_at)`.execute(mysql.db),
  );
  const query = (hint: string) => (iteration: number) =>
    `select * from concert_event ${hint} where concert_id = '${concertIdAt((iteration * 37) % size.concerts)}'
     and reservation_start_at <= now(3) and reservation_end_at > now(3) order by reservation_start_at desc`;
  const byIndex = [
    variant('by (concert, start desc, end desc)', 'concert_event_by_reservation_window'),
    variant('by the same, ascending', 'window_ascending'),
  ];
  const all = 'concert_event_by_reservation_window, concert_event_by_start, window_ascending';
  const rows = [
    ...(await measure(mysql, plans, 'bookable dates', byIndex, query, SHORT_QUERY)),
    ...(await measure(mysql, plans, 'bookable dates', [scan(all)], query, TABLE_SCAN)),
  ];
  await sql`alter table concert_event drop key window_ascending`.execute(mysql.db);
  return rows;
}

/** AVAILABLE seats of a date. Published: 1,064 ms without an index, 0.07 ms with it. */
export async function measureFreeSeats(mysql: LoadedMysql, plans: QueryPlans): Promise<readonly Row[]> {
  const { size } = mysql;
  const columns = 'concert_event_id, number, price, status, reservation_id, hold_expires_at';
  const rows: Row[] = [];
  const variants = [
    variant('by (event desc, available)', 'seat_by_availability'),
    variant('by the same, ascending', 'seat_by_availability_ascending'),
    variant('by the primary key', 'primary'),
  ];
  for (const percent of AVAILABLE_PERCENT) {
    const date = (iteration: number) =>
      eventIdAt((iteration * 7) % size.concertsWithSeats, firstDateWith(percent) + 3 * iteration, size);
    const stadium = () => eventIdAt(size.concertsWithSeats, firstDateWith(percent), size);
    const free =
      (event: (iteration: number) => string, lapsed: string) => (hint: string) => (iteration: number) =>
        `select ${columns} from seat ${hint} where concert_event_id = '${event(iteration)}' and (is_available = 1${lapsed})`;
    const withLapsed = ' or hold_expires_at <= now(3)';
    const cases = [
      ['50 seats', date, '', variants, SHORT_QUERY],
      ['50 seats, lapsed holds too', date, withLapsed, variants, SHORT_QUERY],
      ['50,000 seats', stadium, '', variants, STADIUM_QUERY],
      ['50,000 seats, lapsed holds too', stadium, withLapsed, variants, STADIUM_QUERY],
    ] as const;
    for (const [what, event, lapsed, withIndexes, rounds] of cases)
      rows.push(
        ...(await measure(
          mysql,
          plans,
          `free of ${what}, ${percent} %`,
          withIndexes,
          free(event, lapsed),
          rounds,
        )),
      );
    const withoutIndex = [scan('primary, seat_by_availability, seat_by_availability_ascending')];
    if (percent === 50)
      rows.push(
        ...(await measure(
          mysql,
          plans,
          `free of 50 seats, ${percent} %`,
          withoutIndex,
          free(date, ''),
          TABLE_SCAN,
        )),
      );
  }
  return rows;
}

function variant(name: string, index: string): Variant {
  return { name, hint: `force index (${index})`, index: index === 'primary' ? 'PRIMARY' : index };
}

function scan(indexes: string): Variant {
  return { name: 'without an index', hint: `ignore index (${indexes})`, index: null };
}

async function measure(
  { db, timer }: LoadedMysql,
  plans: QueryPlans,
  what: string,
  variants: readonly Variant[],
  query: (hint: string) => (iteration: number) => string,
  rounds: Rounds,
): Promise<readonly Row[]> {
  const expected = await db.executeQuery(CompiledQuery.raw(query('')(0)));
  for (const { name, hint, index } of variants)
    await plans.add(db, `${what}, ${name}`, CompiledQuery.raw(query(hint)(0)), [index]);
  const senders = variants.map(({ hint }) => ({
    contains: 'from ',
    rows: expected.rows.length,
    send: (iteration: number) => db.executeQuery(CompiledQuery.raw(query(hint)(iteration))),
  }));
  const costs = await compareStatements(timer, senders, rounds);
  return costs.map(({ elapsedMicros, cpuMicros, rowsExamined }, index) => ({
    path: `${what}, ${variants[index]!.name}`,
    figure: `${millis(elapsedMicros)}, ${millis(cpuMicros)} of CPU, ${rowsExamined} rows read for ${expected.rows.length}`,
    goal: '',
    isMet: null,
  }));
}

function millis(micros: readonly number[]): string {
  return `${(median(micros) / 1000).toFixed(3)} ms`;
}
