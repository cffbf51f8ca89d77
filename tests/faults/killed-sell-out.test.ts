import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admitFan, buySeat, createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';
import { type WebhookReceiver, openWebhookReceiver } from '../support/webhook-receiver.ts';

const WORKERS = 3;
const installation = useInstallation({
  http: 1,
  workers: 0,
  env: {
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SECRET_KEYS: 'test:a-key-of-the-tests-with-32-characters',
  },
});
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await openWebhookReceiver();
});
afterAll(() => receiver.close());

/** A worker that starts now knows every endpoint. */
const startWorkers = () => Promise.all(Array.from({ length: WORKERS }, () => installation().startWorker()));

async function query(sql: string, values: readonly string[] = []): Promise<RowDataPacket[]> {
  const [rows] = await installation().db.query<RowDataPacket[]>(sql, [...values]);
  return rows;
}

/** The connections that have written `sold_out_at` and wait to add its message to the outbox. */
const BETWEEN_THE_WRITES = `select t.processlist_id as id
  from performance_schema.data_lock_waits as w
  join performance_schema.data_locks as l
    on l.engine_lock_id = w.requesting_engine_lock_id and l.object_name = 'outbox'
  join performance_schema.threads as t on t.thread_id = w.requesting_thread_id
  where t.processlist_db = database()`;

it('reports each sell-out once when every worker dies between its two writes', async () => {
  const body = { url: receiver.url, eventTypes: ['room.sold_out'] };
  const path = '/v1/admin/webhook-endpoints';
  const created = await installation().admin.send<{ secret: string }>('POST', path, { body });
  receiver.verifyBy(expectOk(created).secret);
  const sale = await installation().openSale({ seatCount: 1 });
  const fan = await admitFan(installation(), sale);
  const reservationId = await buySeat(fan, sale.eventId);

  await query('begin');
  await query('select id from outbox where id > 0 for update');
  const workers = await startWorkers();
  const blocked = await eventually(async () => {
    const found = await query(BETWEEN_THE_WRITES);
    expect(found).not.toEqual([]);
    return found;
  });
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  // The server would not notice before the statement ends that its client is gone.
  for (const { id } of blocked) await query(`kill ${id}`);
  await query('rollback');
  const soldOutAt = 'select sold_out_at from room_checkpoint where concert_id = ?';
  expect(await query(soldOutAt, [sale.concertId])).toEqual([{ sold_out_at: null }]);
  const messages = `select count(*) as messages from outbox where payload like '%room.sold_out%'`;
  expect(await query(messages)).toEqual([{ messages: 0 }]);

  await startWorkers();
  await eventually(() => expect(receiver.received).toHaveLength(1));
  expect(receiver.received[0]).toMatchObject({ type: 'room.sold_out', data: { concertId: sale.concertId } });

  expectOk(await fan.refund(reservationId));
  const [next] = createFans(installation(), 1) as [Fan];
  expectOk(await next.join(sale.concertId));
  await eventually(async () => expect(expectOk(await next.status()).status).toBe('ACTIVE'));
  await buySeat(next, sale.eventId);
  await eventually(() => expect(receiver.received.length).toBeGreaterThanOrEqual(2));
  expect(await query(messages)).toEqual([{ messages: 2 }]);
});
