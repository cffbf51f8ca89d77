import { spawn } from 'node:child_process';
import { batches, TABLES } from '@frontrow/adapters/mysql/schema/fill/batches.ts';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { type TestDatabase, createTestDatabase } from '../support/mysql-database.ts';
import { HERE } from '../support/processes.ts';
import { forgetConcerts, readConcerts, sellWithEverything } from '../support/rows-without-concerts.ts';
import { runProgram } from '../support/run-program.ts';
import { type SaleFixture, createSaleFixture } from '../support/sale-fixture.ts';

const MAIN = 'apps/worker/src/fill-concerts.ts';
const SEATS = 3_000;

let database: TestDatabase;
let steps: SaleFixture;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  steps = createSaleFixture(await openRealEnvironment(database));
  connection = await createConnection(database.url);
});
afterAll(async () => {
  await connection.end();
  await steps.close();
});

const fill = () => runProgram(MAIN, { MYSQL_URL: database.url });

async function countSeatsWithoutConcert(): Promise<number> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'select count(*) as seats from seat where concert_id is null',
  );
  return Number(rows[0]!['seats']);
}

it('fills the rows of every table with the concert that they had, and a second run fills none', async () => {
  await sellWithEverything(steps);
  await sellWithEverything(steps);
  const before = await readConcerts(connection);
  expect(Object.entries(before).filter(([, concerts]) => concerts.length === 0)).toEqual([]);
  await forgetConcerts(connection);

  const first = await fill();
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(await readConcerts(connection)).toEqual(before);
  for (const table of TABLES)
    expect(first.out).toContain(`${table}: ${before[table]!.length} rows filled, 0 without a concert\n`);
  expect((await fill()).out).toBe(
    TABLES.map((table) => `${table}: 0 rows filled, 0 without a concert\n`).join(''),
  );
});

it('each batch reads its own range of an index', async () => {
  await connection.query('analyze table reservation, concert_event');
  for await (const { table, statement, values } of batches(connection)) {
    const [plan] = await connection.query<RowDataPacket[]>(`explain format = traditional ${statement}`, [
      ...values,
    ]);
    expect({ table, type: plan[0]!['type'] }).toEqual({ table, type: 'range' });
  }
});

it('a run that is killed in the middle of a sale is repeated, and fans hold and pay meanwhile', async () => {
  const sale = await steps.openSale({ event: { seatCount: SEATS } });
  await forgetConcerts(connection);
  const locking = await createConnection(database.url);
  await locking.query('begin');
  const ofLast = [sale.event.id, SEATS];
  await locking.query('select 1 from seat where concert_event_id = ? and number = ? for update', ofLast);
  const killed = spawn(process.execPath, [MAIN], {
    cwd: HERE.folder,
    env: { PATH: process.env['PATH'], MYSQL_URL: database.url },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => killed.once('close', resolve));
  const waiting = 500; // the batch with the locked seat
  await eventually(async () => expect(await countSeatsWithoutConcert()).toBe(waiting));
  await steps.buy(sale, [1, 2]);
  killed.kill('SIGKILL');
  await ended;
  await locking.end();

  const again = fill();
  for (let seat = 3; seat <= 8; seat += 1) await steps.buy(sale, [seat, SEATS - seat]);
  expect(await again).toMatchObject({ code: 0, err: '' });
  expect(await countSeatsWithoutConcert()).toBe(0);
});

it('exits with 1 where a row belongs to no reservation', async () => {
  await connection.query(
    `insert into refund_seat (reservation_id, seat_number, refund_id) values ('lost', 1, 'lost')`,
  );
  const { code, out } = await fill();
  expect(code).toBe(1);
  expect(out).toContain('refund_seat: 0 rows filled, 1 without a concert\n');
});
