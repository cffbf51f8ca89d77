import type { RowDataPacket } from 'mysql2/promise';
import { afterEach, expect, it } from 'vitest';
import { admitFan, admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { type Sale } from '../support/concert-on-sale-over-http.ts';
import { expectOk } from '../support/operator.ts';
import { type TcpProxy, openTcpProxy } from '../support/tcp-proxy.ts';
import { sequenceIn } from '../support/ticket.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 1, workers: 0 });
const proxies: TcpProxy[] = [];
afterEach(async () => {
  const [, ...payers] = installation().http;
  await Promise.all([...payers, ...installation().workers].map((process) => process.kill('SIGKILL')));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

/** Pays through a process that is killed after its commit and before its message to Redis. */
async function payThroughKilledProcess(
  fan: Fan,
  { eventId }: Sale,
): Promise<{ reservationId: string; key: string }> {
  const proxy = await openTcpProxy(installation().redisUrl);
  proxies.push(proxy);
  const payer = await installation().startHttp({ REDIS_URL: proxy.url });
  expectOk(await fan.charge(1_000));
  const { id: reservationId } = expectOk(await fan.hold(eventId, [1]));
  proxy.setMode('SWALLOW');
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
  // The payment is committed, its process still runs and Redis has no message: the fan may not book any more.
  expect(outcome(await fan.at(0).seats(eventId))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
  expect(outcome(await fan.at(0).hold(eventId, [2]))).toBe('403 QUEUE_TOKEN_NOT_ACTIVE');
  await payer.kill('SIGKILL');
  expect(['none', '201']).toContain(await answer); // 201 where it has given up on Redis before it was killed
  return { reservationId, key };
}

it('refuses further bookings of a fan whose payer was killed, and frees the slot when the relay has delivered', async () => {
  const sale = await installation().openSale({ policy: { admission: { maxActive: 1, intervalMs: 100 } } });
  const fan = await admitFan(installation(), sale);
  const next = installation().fan('next in line');
  expect(expectOk(await next.join(sale.concertId))).toMatchObject({ status: 'WAITING', position: 1 });
  const { reservationId, key } = await payThroughKilledProcess(fan, sale);

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

it('keeps a new place that the fan got before the relay delivered the end of the old one', async () => {
  const sale = await installation().openSale();
  const fan = await admitFan(installation(), sale);
  const paidPlace = sequenceIn(fan.ticket());
  await payThroughKilledProcess(fan, sale);

  const again = expectOk(await fan.join(sale.concertId));
  expect(again.status).toBe('ACTIVE');
  expect(sequenceIn(fan.ticket())).toBeGreaterThan(paidPlace);
  expect((await fan.hold(sale.eventId, [2])).status).toBe(201);

  await installation().startWorker();
  await eventually(async () => expect(await countUndelivered()).toBe(0));
  expect((await fan.seats(sale.eventId)).status).toBe(200);
  expect(expectOk(await fan.status()).status).toBe('ACTIVE');
  expect(await installation().room(sale.concertId)).toMatchObject({ active: 1, waiting: 0 });
});

it('keeps every acknowledged payment when its process is killed, and charges once for repeated requests', async () => {
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
      fates.push(
        first === null ? (isReplay ? 'unacknowledged' : 'rolled back') : isReplay ? 'acknowledged' : 'lost',
      );
    };
    await Promise.all(fans.slice(round * 30, (round + 1) * 30).map(pay));
  }
  expect(fates).toHaveLength(90);
  expect(countOccurrences(fates)['lost']).toBeUndefined();
  expect(countOccurrences(fates)['acknowledged']).toBeGreaterThanOrEqual(30);
  const balances = await Promise.all(fans.map(async (fan) => expectOk(await fan.wallet()).balance));
  expect(countOccurrences(balances)).toEqual({ 0: 90 });
});

async function countUndelivered(): Promise<number> {
  const query = `select count(*) as messages from outbox where delivered_at is null`;
  const [rows] = await installation().db.query<RowDataPacket[]>(query);
  return Number(rows[0]?.['messages']);
}
