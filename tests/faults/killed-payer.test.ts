import type { RowDataPacket } from 'mysql2/promise';
import { afterEach, expect, it } from 'vitest';
import { admit, admitOne, eventually, outcome, tally } from '../support/crowd.ts';
import type { Fan } from '../support/fan.ts';
import { type RedisGate, openRedisGate } from '../support/redis-gate.ts';
import { type Sale, granted } from '../support/sale.ts';
import { sequenceIn } from '../support/ticket.ts';
import { useInstallation } from '../support/use-installation.ts';

const world = useInstallation({ http: 1, workers: 0 });
const gates: RedisGate[] = [];
afterEach(async () => {
  const [, ...payers] = world().http;
  await Promise.all([...payers, ...world().workers].map((process) => process.kill('SIGKILL')));
  await Promise.all(gates.splice(0).map((gate) => gate.close()));
});

/** Pays through a process that is killed between its commit and its word to Redis: only the database knows. */
async function payAndDie(fan: Fan, { eventId }: Sale): Promise<{ reservationId: string; key: string }> {
  const gate = await openRedisGate(world().redisUrl);
  gates.push(gate);
  const payer = await world().startHttp({ REDIS_URL: gate.url });
  granted(await fan.charge(1_000));
  const { id: reservationId } = granted(await fan.hold(eventId, [1]));
  gate.shut();
  const key = 'pay';
  const answer = fan
    .at(world().http.indexOf(payer))
    .pay(reservationId, key)
    .then(outcome, () => 'none');
  await eventually(async () => {
    const query = `select count(*) as paid from payment where reservation_id = ?`;
    const [rows] = await world().db.query<RowDataPacket[]>(query, [reservationId]);
    expect(rows).toEqual([{ paid: 1 }]);
  });
  // The commit is there, its process still alive, and Redis has not heard: nobody may book any more.
  expect(outcome(await fan.at(0).seats(eventId))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
  expect(outcome(await fan.at(0).hold(eventId, [2]))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
  await payer.kill('SIGKILL');
  expect(await answer).toBe('none');
  return { reservationId, key };
}

it('books nothing more and gives the slot to the next, once the relay has told Redis', async () => {
  const sale = await world().openSale({ policy: { admission: { maxActive: 1, intervalMs: 100 } } });
  const fan = await admitOne(world(), sale);
  const next = world().fan('next in line');
  expect(granted(await next.join(sale.concertId))).toMatchObject({ status: 'WAITING', position: 1 });
  const { reservationId, key } = await payAndDie(fan, sale);

  expect(outcome(await fan.at(0).hold(sale.eventId, [2]))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
  const retried = await fan.at(0).pay(reservationId, key);
  expect([retried.status, retried.headers['idempotent-replayed']]).toEqual([201, 'true']);
  expect(granted(await fan.wallet()).balance).toBe(900);
  expect(granted(await next.status()).status).toBe('WAITING');

  await world().startWorker();
  await eventually(async () => expect(granted(await next.status()).status).toBe('ACTIVE'));
  expect((await next.hold(sale.eventId, [2])).status).toBe(201);
  await eventually(async () => expect(granted(await fan.status()).status).toBe('COMPLETED'));
});

it('lets the fan keep the new place that was given before the relay came', async () => {
  const sale = await world().openSale();
  const fan = await admitOne(world(), sale);
  const paidPlace = sequenceIn(fan.ticket());
  await payAndDie(fan, sale);

  const again = granted(await fan.join(sale.concertId));
  expect(again.status).toBe('ACTIVE');
  expect(sequenceIn(fan.ticket())).toBeGreaterThan(paidPlace);
  expect((await fan.hold(sale.eventId, [2])).status).toBe(201);

  await world().startWorker();
  await eventually(async () => expect(await undelivered()).toBe(0));
  expect((await fan.seats(sale.eventId)).status).toBe(200);
  expect(granted(await fan.status()).status).toBe('ACTIVE');
  expect(await world().room(sale.concertId)).toMatchObject({ active: 1, waiting: 0 });
});

it('keeps every payment that was acknowledged, and charges once whatever is sent again', async () => {
  const sale = await world().openSale({ seatCount: 90, price: 100 });
  const fans = await admit(world(), sale, 90);
  const reservations = new Map<Fan, string>();
  await Promise.all(
    fans.map(async (fan, index) => {
      granted(await fan.charge(100));
      reservations.set(fan, granted(await fan.hold(sale.eventId, [index + 1])).id);
    }),
  );
  const fates: string[] = [];
  const payers = await Promise.all(Array.from({ length: 3 }, () => world().startHttp()));
  for (const [round, payer] of payers.entries()) {
    const process = world().http.indexOf(payer);
    let acknowledged = 0;
    const pay = async (fan: Fan) => {
      const reservationId = reservations.get(fan) ?? '';
      const first = await fan
        .at(process)
        .pay(reservationId, 'pay')
        .catch(() => null);
      if (first !== null && ++acknowledged === 5 * (round + 1)) await payer.kill('SIGKILL');
      const second = await fan.at(0).pay(reservationId, 'pay');
      expect(second.status).toBe(201);
      expect(second.body).toEqual(first?.body ?? second.body);
      const isReplay = second.headers['idempotent-replayed'] === 'true';
      fates.push(first === null ? (isReplay ? 'unheard' : 'undone') : isReplay ? 'acknowledged' : 'lost');
    };
    await Promise.all(fans.slice(round * 30, (round + 1) * 30).map(pay));
  }
  expect(fates).toHaveLength(90);
  expect(tally(fates)['lost']).toBeUndefined();
  expect(tally(fates)['acknowledged']).toBeGreaterThanOrEqual(30);
  const balances = await Promise.all(fans.map(async (fan) => granted(await fan.wallet()).balance));
  expect(tally(balances)).toEqual({ 0: 90 });
});

async function undelivered(): Promise<number> {
  const query = `select count(*) as rest from outbox where delivered_at is null`;
  const [rows] = await world().db.query<RowDataPacket[]>(query);
  return Number(rows[0]?.['rest']);
}
