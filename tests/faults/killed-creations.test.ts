import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { RowDataPacket } from 'mysql2/promise';
import { afterEach, expect, it } from 'vitest';
import { dateOnSaleBody } from '../support/concert-on-sale-over-http.ts';
import { eventually } from '../support/eventually.ts';
import { outcome } from '../support/outcomes.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const SEATS = 50_000;
const SEATS_PER_ROW = 50;
const installation = useInstallation({ http: 2, workers: 0 });
afterEach(() => query('rollback'));

const LAYOUT: Layout = {
  categories: [
    { key: 'front', name: 'Front', price: 90_000, colour: '#1e90ff' },
    { key: 'rear', name: 'Rear', price: 50_000, colour: '#ffd700' },
  ],
  sections: [
    {
      name: 'Hall',
      kind: 'SEATED',
      outline: [],
      rows: Array.from({ length: SEATS / SEATS_PER_ROW }, (_, row) => ({
        label: `${row + 1}`,
        seats: Array.from({ length: SEATS_PER_ROW }, (_seat, x) => ({
          label: `${x + 1}`,
          x,
          y: row,
          category: row < 100 ? 'front' : 'rear',
        })),
      })),
    },
  ],
};

async function query(sql: string, values: readonly string[] = []): Promise<RowDataPacket[]> {
  const [rows] = await installation().db.query<RowDataPacket[]>(sql, [...values]);
  return rows;
}

async function createConcert(): Promise<string> {
  const { admin } = installation();
  const body = { title: 'Winter Light', artist: 'The Night Owls' };
  return expectOk(await admin.send<{ id: string }>('POST', '/v1/admin/concerts', { body })).id;
}

/** With the same key each time, and the first answer as it is. */
function createDate(concertId: string) {
  const { venue, startsAt, reservationStartAt, reservationEndAt } = dateOnSaleBody();
  return () =>
    installation()
      .impatient.fan('admin', 'admin')
      .send<{ id: string }>('POST', `/v1/admin/concerts/${concertId}/events`, {
        key: `layout-of-${concertId}`,
        body: { venue, startsAt, reservationStartAt, reservationEndAt, layout: LAYOUT },
      });
}

const ROWS = `select
  (select count(*) from concert_event where concert_id = ?) as dates,
  (select count(*) from event_layout where concert_event_id in (select id from concert_event where concert_id = ?)) as layouts,
  (select count(*) from seat where concert_event_id in (select id from concert_event where concert_id = ?)) as seats`;

async function rowsOf(concertId: string) {
  const [rows] = await query(ROWS, [concertId, concertId, concertId]);
  return { ...rows };
}

/** The connections that have written a date with its seats and layout, and wait to add its message to the outbox. */
const IN_THE_MIDDLE = `select t.processlist_id as id
  from performance_schema.data_lock_waits as w
  join performance_schema.data_locks as l
    on l.engine_lock_id = w.requesting_engine_lock_id and l.object_name = 'outbox'
  join performance_schema.threads as t on t.thread_id = w.requesting_thread_id
  where t.processlist_db = database()`;

/** Starts to create the date, and resolves once its transaction waits in the middle. */
async function stopInTheMiddle(create: ReturnType<typeof createDate>) {
  await query('begin');
  await query('select id from outbox where id > 0 for update');
  const answer = create().catch((error: unknown) => error);
  const connections = await eventually(async () => {
    const found = await query(IN_THE_MIDDLE);
    expect(found).not.toEqual([]);
    return found;
  });
  return { answer, connections };
}

async function killConnections(connections: readonly RowDataPacket[]): Promise<void> {
  for (const { id } of connections) await query(`kill ${id}`);
  await eventually(async () => expect(await query(IN_THE_MIDDLE)).toEqual([]));
  await query('rollback');
}

it('creates no part of a date of 50,000 seats when its process or its connection is killed in the middle', async () => {
  const concertId = await createConcert();
  const create = createDate(concertId);
  const nothing = { dates: 0, layouts: 0, seats: 0 };

  const first = await stopInTheMiddle(create);
  await killConnections(first.connections);
  expect(outcome((await first.answer) as Awaited<ReturnType<typeof create>>)).toBe('503 UNAVAILABLE');
  expect(await rowsOf(concertId)).toEqual(nothing);

  const second = await stopInTheMiddle(create);
  await Promise.all(installation().http.map((process) => process.kill('SIGKILL')));
  await killConnections(second.connections);
  expect(await second.answer).toBeInstanceOf(Error);
  expect(await rowsOf(concertId)).toEqual(nothing);

  await installation().startHttp();
  const created = await eventually(async () => expectOk(await create()));
  expect(await rowsOf(concertId)).toEqual({ dates: 1, layouts: 1, seats: SEATS });
  expect(expectOk(await create()).id).toBe(created.id);
});

it('creates one date of 50,000 seats when a request with one key is sent four times at once', async () => {
  await installation().startHttp();
  const concertId = await createConcert();
  const create = createDate(concertId);
  const answers = await Promise.all([create(), create(), create(), create()]);
  const ids = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
  const others = answers.map(outcome).filter((each) => each !== '201');
  expect(new Set(others)).not.toContain('500 INTERNAL');
  const again = await eventually(async () => expectOk(await create()));
  expect(new Set([...ids, again.id]).size).toBe(1);
  expect(await rowsOf(concertId)).toEqual({ dates: 1, layouts: 1, seats: SEATS });
});
