import type { RowDataPacket } from 'mysql2/promise';
import { afterEach, expect, it } from 'vitest';
import { admitFan, admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { type RedisGate, openRedisGate } from '../support/redis-gate.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { sequenceIn } from '../support/ticket.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 1, workers: 0 });
const gates: RedisGate[] = [];
afterEach(async () => {
  const [, ...payers] = installation().http;
  await Promise.all([...payers, ...installation().workers].map((process) => process.kill('SIGKILL')));
  await Promise.all(gates.splice(0).map((gate) => gate.close()));
});

/** Pays through a process that is killed between its commit and its word to Redis: only the database knows. */
async function payAndDie(fan: Fan, { eventId }: Sale): Promise<{ reservationId: string; key: string }> {
  const gate = await openRedisGate(installation().redisUrl);
  gates.push(gate);
  const payer = await installation().startHttp({ REDIS_URL: gate.url });
  expectOk(await fan.charge(1_000));
  const { id: reservationId } = expectOk(await fan.hold(eventId, [1]));
  gate.shut();
  const key = 'pay';
  const answer = fan
    .at(installation().http.indexOf(payer))
    .pay(reservationId, key)
    .then(outcome, () => 'none');
  await eventually(async () => {
    const query = `select count(*) as paid from payment where reservation_id = ?`;
    const [rows] = await installation().db.query<RowDataPacket[]>(query, [reservationId]);
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
  const sale = await installation().openSale({ policy: { admission: { maxActive: 1, intervalMs: 100 } } });
  const fan = await admitFan(installation(), sale);
  const next = installation().fan('next in line');
  expect(expectOk(await next.join(sale.concertId))).toMatchObject({ status: 'WAITING', position: 1 });
  const { reservationId, key } = await payAndDie(fan, sale);

  expect(outcome(await fan.at(0).hold(sale.eventId, [2]))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
  const retried = await fan.at(0).pay(reservationId, key);
  expect([retried.status, retried.headers['idempotent-replayed']]).toEqual([201, 'true']);
  expect(expectOk(await fan.wallet()).balance).toBe(900);
  expect(expectOk(await next.status()).status).toBe('WAITING');

  await installation().startWorker();
  await eventually(async () => expect(expectOk(await next.status()).status).toBe('ACTIVE'));
  expect((await next.hold(sale.eventId, [2])).status).toBe(201);
  await eventually(async () => expect(expectOk(await fan.status()).status).toBe('COMPLETED'));
});

it('lets the fan keep the new place that was given before the relay came', async () => {
  const sale = await installation().openSale();
  const fan = await admitFan(installation(), sale);
  const paidPlace = sequenceIn(fan.ticket());
  await payAndDie(fan, sale);

  const again = expectOk(await fan.join(sale.concertId));
  expect(again.status).toBe('ACTIVE');
  expect(sequenceIn(fan.ticket())).toBeGreaterThan(paidPlace);
  expect((await fan.hold(sale.eventId, [2])).status).toBe(201);

  await installation().startWorker();
  await eventually(async () => expect(await undelivered()).toBe(0));
  expect((await fan.seats(sale.eventId)).status).toBe(200);
  expect(expectOk(await fan.status()).status).toBe('ACTIVE');
  expect(await installation().room(sale.concertId)).toMatchObject({ active: 1, waiting: 0 });
});

it('keeps every payment that was acknowledged, and charges once whatever is sent again', async () => {
  const sale = await installation().openSale({ seatCount: 90, price: 100 });
  const fans = await admitFans(installation(), sale, 90);
  const reservations = new Map<Fan, string>();
  await Promise.all(
    fans.map(async (fan, index) => {
      expectOk(await fan.charge(100));
      reservations.set(fan, expectOk(await fan.hold(sale.eventId, [index + 1])).id);
    }),
  );
  const fates: string[] = [];
  const payers = await Promise.all(Array.from({ length: 3 }, () => installation().startHttp()));
  for (const [round, payer] of payers.entries()) {
    const process = installation().http.indexOf(payer);
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
  expect(countOccurrences(fates)['lost']).toBeUndefined();
  expect(countOccurrences(fates)['acknowledged']).toBeGreaterThanOrEqual(30);
  const balances = await Promise.all(fans.map(async (fan) => expectOk(await fan.wallet()).balance));
  expect(countOccurrences(balances)).toEqual({ 0: 90 });
});

async function undelivered(): Promise<number> {
  const query = `select count(*) as rest from outbox where delivered_at is null`;
  const [rows] = await installation().db.query<RowDataPacket[]>(query);
  return Number(rows[0]?.['rest']);
}
