import { expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1, privateMysql: true });
const CROWD = 60;

it('says in its readiness that MySQL is read-only, and refuses writes with 503 until it no longer is', async () => {
  const sale = await installation().openSale({ seatCount: 1, price: 100 });
  const [fan] = await admitFans(installation().impatient, sale, 1);
  const db = installation().db;
  try {
    await db.query('set global super_read_only = 1');
    const ready = await fan!.send('GET', '/readyz');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      dependencies: expect.arrayContaining([{ name: 'mysql', status: 'failed', reason: 'read-only' }]),
    });
    expect((await fan!.charge(100)).status).toBe(503);
  } finally {
    await db.query('set global super_read_only = 0');
    await db.query('set global read_only = 0');
  }
  expect((await fan!.send('GET', '/readyz')).status).toBe(200);
  expect((await fan!.charge(100)).status).toBe(201);
});

it('keeps every acknowledged payment when MySQL is killed, and answers 503 while MySQL is down', async () => {
  const sale = await installation().openSale({ seatCount: CROWD, price: 100 });
  const fans = await admitFans(installation().impatient, sale, CROWD);
  const reservations = new Map<Fan, string>();
  await Promise.all(
    fans.map(async (fan, index) => {
      expectOk(await fan.charge(100));
      reservations.set(fan, expectOk(await fan.hold(sale.eventId, [index + 1])).id);
    }),
  );
  const pay = (fan: Fan) => fan.pay(reservations.get(fan) ?? '', 'pay');
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const first: Awaited<ReturnType<typeof pay>>[] = [];
  const paying = fans.entries();
  // A few at a time, so that some pay after MySQL was killed on any machine.
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (const [index, fan] of paying) {
        first[index] = await pay(fan);
        if (first[index].status === 201 && ++acknowledged === 10)
          killed = installation().privateMysql().kill();
      }
    }),
  );
  await killed;
  const { '201': paid = 0, '503 UNAVAILABLE': refused = 0, ...rest } = countOccurrences(first.map(outcome));
  expect([rest, paid + refused]).toEqual([{}, CROWD]);
  expect(Math.min(paid, refused)).toBeGreaterThan(0);
  for (const answer of [...first, await pay(fans[0]!)].filter(({ status }) => status === 503))
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await fans[0]!.send('GET', '/readyz')).status).toBe(503);

  await installation().privateMysql().restart();
  await eventually(async () => expect((await fans[0]!.wallet()).status).toBe(200));
  const second = await Promise.all(fans.map((fan) => eventually(async () => expectOk(await pay(fan)))));
  const changed = first.filter(({ status, body }, index) => status === 201 && body.id !== second[index]?.id);
  expect(changed).toEqual([]);
  const balances = await Promise.all(fans.map(async (fan) => expectOk(await fan.wallet()).balance));
  expect(countOccurrences(balances)).toEqual({ 0: CROWD });
});
