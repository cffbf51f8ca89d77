import { setTimeout as delay } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { expect, it } from 'vitest';
import { drawHall } from '../support/halls.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 1, workers: 0 });
const KILLS = 4;
const ROWS = 100;
const ROW_SEATS = 50;

/** A hall of 5,000 seats and more, all at one price. */
function hallOf(rowCount: number, price: number) {
  const hall = drawHall({ Stalls: Array.from({ length: rowCount }, () => '.'.repeat(ROW_SEATS)) });
  return { ...hall, categories: [{ ...hall.categories[0]!, price }] };
}

it('replaces a layout of 5,000 seats as a whole or not at all when its process is killed', async () => {
  const { eventId } = await installation().openSale({ layout: hallOf(ROWS, 1_000) });
  const path = `/v1/admin/events/${eventId}`;
  const put = (process: number, rowCount: number, price: number) =>
    installation()
      .admin.at(process)
      .send('PUT', `${path}/layout`, { headers: { 'if-match': '*' }, body: hallOf(rowCount, price) });
  let [rows, price, version] = [ROWS, 1_000, 1];
  const fates: string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const process = await installation().startHttp();
    const at = installation().http.indexOf(process);
    const request = { isAnswered: false };
    const answered = put(at, rows + 1, 1_000 + kill)
      .catch(() => null)
      .finally(() => (request.isAnswered = true));
    while (!request.isAnswered && !(await isLocked(eventId))) await delay(5);
    await delay(kill % 2 === 0 ? 0 : 200 * Math.random());
    await process.kill('SIGKILL');
    const answer = await answered;
    fates.push(answer === null ? 'killed' : 'answered');
    const found = await readSeats(eventId);
    const before = { rows, price, version };
    const after = { rows: rows + 1, price: 1_000 + kill, version: version + 1 };
    expect(answer === null ? [before, after] : [after]).toContainEqual(found);
    ({ rows, price, version } = found);
  }
  expect(fates).toContain('killed');
  expectOk(await put(0, rows + 1, 2_000));
  expect(await readSeats(eventId)).toEqual({ rows: rows + 1, price: 2_000, version: version + 1 });
});

/** Whether a transaction has locked the date. */
async function isLocked(eventId: string): Promise<boolean> {
  const lock = installation().db.query('select id from concert_event where id = ? for update nowait', [
    eventId,
  ]);
  return lock.then(
    () => false,
    (error: { code?: string }) => error.code === 'ER_LOCK_NOWAIT',
  );
}

/** The date once no transaction has locked it. All its seats must be of its version. */
async function readSeats(eventId: string) {
  const { db } = installation();
  await db.beginTransaction();
  try {
    const [dates] = await db.query<RowDataPacket[]>(
      `select layout_version as version, seat_count, price,
         (select max(version) from event_layout where concert_event_id = concert_event.id) as layouts
       from concert_event where id = ? for update`,
      [eventId],
    );
    const [seats] = await db.query<RowDataPacket[]>(
      `select coalesce(next_price, price) as price, count(*) as count from seat where concert_event_id = ?
       group by coalesce(next_price, price)`,
      [eventId],
    );
    const { version, layouts, price, seat_count: count } = dates[0]!;
    expect({ layouts, seats }).toEqual({ layouts: version, seats: [{ price, count }] });
    return { rows: Number(count) / ROW_SEATS, price: Number(price), version: Number(version) };
  } finally {
    await db.rollback();
  }
}
