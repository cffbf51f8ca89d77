import { expect, it } from 'vitest';
import { admit, eventually, outcome, tally } from '../support/crowd.ts';
import type { Fan } from '../support/fan.ts';
import { granted } from '../support/sale.ts';
import { useInstallation } from '../support/use-installation.ts';

const world = useInstallation({ http: 2, workers: 1, privateMysql: true });
const CROWD = 60;

it('keeps every acknowledged payment when MySQL is killed, and answers 503 while it is away', async () => {
  const sale = await world().openSale({ seatCount: CROWD, price: 100 });
  const fans = await admit(world(), sale, CROWD);
  const reservations = new Map<Fan, string>();
  await Promise.all(
    fans.map(async (fan, index) => {
      granted(await fan.charge(100));
      reservations.set(fan, granted(await fan.hold(sale.eventId, [index + 1])).id);
    }),
  );
  const pay = (fan: Fan) => fan.pay(reservations.get(fan) ?? '', 'pay');
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const first = await Promise.all(
    fans.map(async (fan) => {
      const answer = await pay(fan);
      if (answer.status === 201 && ++acknowledged === 10) killed = world().privateMysql().kill();
      return answer;
    }),
  );
  await killed;
  const { '201': paid = 0, '503 UNAVAILABLE': refused = 0, ...rest } = tally(first.map(outcome));
  expect([rest, paid + refused]).toEqual([{}, CROWD]);
  expect(Math.min(paid, refused)).toBeGreaterThan(0);
  for (const answer of [...first, await pay(fans[0]!)].filter(({ status }) => status === 503))
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await fans[0]!.send('GET', '/readyz')).status).toBe(503);

  await world().privateMysql().restart();
  await eventually(async () => expect((await fans[0]!.wallet()).status).toBe(200));
  const second = await Promise.all(fans.map((fan) => eventually(async () => granted(await pay(fan)))));
  const changed = first.filter(({ status, body }, index) => status === 201 && body.id !== second[index]?.id);
  expect(changed).toEqual([]);
  const balances = await Promise.all(fans.map(async (fan) => granted(await fan.wallet()).balance));
  expect(tally(balances)).toEqual({ 0: CROWD });
});
