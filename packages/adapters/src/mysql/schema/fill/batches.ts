import type { Connection, RowDataPacket } from 'mysql2/promise';

/** An update of a bounded number of neighbouring rows. It changes those that lack their concert. */
export type Batch = {
  readonly table: string;
  readonly statement: string;
  readonly values: readonly (string | number)[];
};

/** The tables whose rows belong to a reservation, and the index that has them in its order. */
const OF_RESERVATIONS = {
  reservation_seat: 'primary',
  reservation_change: 'reservation_change_by_reservation',
  payment: 'payment_by_reservation',
  failed_payment: 'primary',
  refund_seat: 'primary',
  gate_check_in: 'primary',
};
/** The tables that have a few rows for each date. */
const OF_DATES = { event_layout: 'primary', cancellation: 'primary' };

export const TABLES: readonly string[] = ['seat', ...Object.keys(OF_DATES), ...Object.keys(OF_RESERVATIONS)];

const RESERVATIONS_AT_ONCE = 200;
const DATES_AT_ONCE = 50;
const SEATS_AT_ONCE = 500;

/** All batches, in the order of the keys. They are read while the caller runs them. */
export async function* batches(connection: Connection): AsyncGenerator<Batch> {
  for await (const dates of walk(connection, 'concert_event', DATES_AT_ONCE)) {
    yield* inRange(OF_DATES, 'concert_event', 'concert_event_id', dates);
    for (const { id, seat_count: seatCount } of dates) yield* ofSeats(String(id), Number(seatCount));
  }
  for await (const reservations of walk(connection, 'reservation', RESERVATIONS_AT_ONCE))
    yield* inRange(OF_RESERVATIONS, 'reservation', 'reservation_id', reservations);
}

/** Pages of a table by its primary key. */
async function* walk(
  connection: Connection,
  table: 'concert_event' | 'reservation',
  limit: number,
): AsyncGenerator<readonly RowDataPacket[]> {
  const columns = table === 'concert_event' ? 'id, seat_count' : 'id';
  for (let after = ''; ;) {
    const [rows] = await connection.query<RowDataPacket[]>(
      `select ${columns} from ${table} force index (primary) where id > ? order by id limit ?`,
      [after, limit],
    );
    if (rows.length === 0) return;
    yield rows;
    after = String(rows.at(-1)!['id']);
  }
}

function* inRange(
  tables: Readonly<Record<string, string>>,
  parent: string,
  column: string,
  parents: readonly RowDataPacket[],
): Generator<Batch> {
  const range = [parents[0]!['id'], parents.at(-1)!['id']];
  for (const [table, index] of Object.entries(tables))
    yield {
      table,
      statement: `update ${table} force index (${index})
        set concert_id = (select concert_id from ${parent} where id = ${table}.${column})
        where ${column} between ? and ? and concert_id is null`,
      values: range,
    };
}

function* ofSeats(eventId: string, seatCount: number): Generator<Batch> {
  for (let first = 1; first <= seatCount; first += SEATS_AT_ONCE)
    yield {
      table: 'seat',
      statement: `update seat force index (primary)
        set concert_id = (select concert_id from concert_event where id = seat.concert_event_id)
        where concert_event_id = ? and number between ? and ? and concert_id is null`,
      values: [eventId, first, first + SEATS_AT_ONCE - 1],
    };
}
