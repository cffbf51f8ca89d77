import { CompiledQuery, sql } from 'kysely';
import { median } from '../harness/statistics.ts';
import type { Row } from '../harness/result-table.ts';
import { eventIdAt } from '../data/load-concerts.ts';
import { compareStatements } from './compare-statements.ts';
import { type LoadedMysql, logDuration } from './loaded-mysql.ts';

const COLUMN = "add column is_available boolean generated always as (status = 'AVAILABLE') virtual";
/** The index of the published system, and its ascending variant. */
const INDEXES = {
  seat_by_availability: '(concert_event_id desc, is_available)',
  seat_by_availability_ascending: '(concert_event_id, is_available)',
};
const ROUNDS = { warmUp: 2, measured: 7, sends: 200 };
/** Include the three stadiums and at least the first thirty dates of every concert. */
const SEATS_COPIED = 500_000;
const DATES_UPDATED = 30;
const SEATS_UPDATED = 4;

/** Adds the indexes by availability, which the service does not use, and returns the space of all indexes of the table. */
export async function addSeatIndexes({ db }: LoadedMysql): Promise<readonly Row[]> {
  const keys = Object.entries(INDEXES).map(([name, columns]) => `add key ${name} ${columns}`);
  await logDuration('two indexes by availability', () =>
    sql
      .raw(`alter table seat ${COLUMN}, algorithm = instant`)
      .execute(db)
      .then(() => sql.raw(`alter table seat ${keys.join()}`).execute(db)),
  );
  await sql`analyze table seat`.execute(db);
  const { rows } = await sql<{ index_name: string; mib: string }>`
    select index_name, stat_value * @@innodb_page_size / 1024 / 1024 as mib from mysql.innodb_index_stats
    where stat_name = 'size' and database_name = database() and table_name = 'seat'`.execute(db);
  return rows.map(({ index_name: index, mib }) => ({
    path: `space of ${index === 'PRIMARY' ? 'the seats, by their primary key' : index}`,
    figure: `${Number(mib).toFixed(0)} MiB`,
    goal: '',
    isMet: null,
  }));
}

/** Measures holds and releases of four seats on three copies of the table: without the index and with each variant. */
export async function measureSeatWrites(mysql: LoadedMysql): Promise<readonly Row[]> {
  const { db, timer, size } = mysql;
  const tables = { seat_without: null, ...INDEXES };
  for (const [table, columns] of Object.entries(tables)) {
    const copy = `${table}_copy`;
    await sql.raw(`create table ${copy} like seat`).execute(db);
    await sql
      .raw(`alter table ${copy} drop key seat_by_availability, drop key seat_by_availability_ascending`)
      .execute(db);
    await sql
      .raw(
        `insert into ${copy} (concert_event_id, number, price, status)
      select concert_event_id, number, price, 'AVAILABLE' from seat limit ${SEATS_COPIED}`,
      )
      .execute(db);
    if (columns !== null) await sql.raw(`alter table ${copy} add key by_availability ${columns}`).execute(db);
  }
  const names = Object.keys(tables);
  const event = (iteration: number) =>
    eventIdAt((iteration * 7) % size.concertsWithSeats, iteration % DATES_UPDATED, size);
  const where = (iteration: number) =>
    `where concert_event_id = '${event(iteration)}' and number in (3, 14, 25, 36)`;
  const redo: number[][] = names.map(() => []);
  const senders = names.map((name, index) => ({
    contains: `update ${name}_copy`,
    rows: SEATS_UPDATED,
    async send(iteration: number) {
      const isHold = iteration % 2 === 0;
      const change = isHold
        ? "status = 'HELD', reservation_id = '01JDRSVTNS0000000000000000', hold_expires_at = sysdate(3) + interval 300 second"
        : "status = 'AVAILABLE', reservation_id = null, hold_expires_at = null";
      const before = iteration === 0 ? await writtenBytes(mysql) : 0;
      await db.executeQuery(CompiledQuery.raw(`update ${name}_copy set ${change} ${where(iteration >> 1)}`));
      if (iteration === 0) redo[index]!.push(-before);
      if (iteration === ROUNDS.sends - 1) redo[index]![redo[index]!.length - 1]! += await writtenBytes(mysql);
    },
  }));
  const costs = await compareStatements(timer, senders, ROUNDS);
  return costs.map(({ cpuMicros, elapsedMicros }, index) => ({
    path: `hold or release of 4 seats, ${names[index]}`,
    figure:
      `${median(cpuMicros).toFixed(1)} µs of CPU, ${median(elapsedMicros).toFixed(1)} µs, ` +
      `${(median(redo[index]!) / ROUNDS.sends).toFixed(0)} bytes of redo log`,
    goal: '',
    isMet: null,
  }));
}

async function writtenBytes({ db }: LoadedMysql): Promise<number> {
  const { rows } = await sql<{
    Value: string;
  }>`show global status like 'Innodb_redo_log_current_lsn'`.execute(db);
  return Number(rows[0]!.Value);
}
