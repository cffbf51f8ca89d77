import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 0 });
const FANS = 150;
const PRICE = 100;
const KILLS = 8;

type Cancellation = { total: number; refunded: number; remaining: number; reason: string };

it('refunds every reservation of a cancelled date once when workers are killed again and again', async () => {
  const sale = await installation().openSale({ seatCount: 2 * FANS, price: PRICE });
  const fans = await admitFans(installation(), sale, FANS);
  const buy = async (fan: (typeof fans)[number], index: number) => {
    expectOk(await fan.charge(2 * PRICE));
    const { id } = expectOk(await fan.hold(sale.eventId, [2 * index + 1, 2 * index + 2]));
    return { fan, id };
  };
  const bought = await Promise.all(fans.map(buy));
  // The last payments race the cancellation: each is refused, or made and refunded.
  const [racing, sure] = [bought.slice(0, 20), bought.slice(20)];
  for (const { fan, id } of sure) expectOk(await fan.pay(id));
  const path = `/v1/admin/events/${sale.eventId}`;
  const reason = 'The singer is ill.';
  const cancel = () =>
    installation().admin.send<Cancellation>('POST', `${path}/cancel`, { body: { reason } });
  const [cancelled] = await Promise.all([cancel(), ...racing.map(({ fan, id }) => fan.pay(id))]);
  expect(cancelled).toMatchObject({ status: 202, body: { reason } });

  for (let kill = 0; kill < KILLS; kill += 1) {
    const workers = await Promise.all([installation().startWorker(), installation().startWorker()]);
    await delay(50 + 100 * Math.random());
    await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  }
  await installation().startWorker();
  await eventually(async () => {
    const progress = await installation().admin.send<Cancellation>('GET', `${path}/cancellation`);
    expect(expectOk(progress)).toMatchObject({ remaining: 0 });
    expect(expectOk(progress).refunded).toBeGreaterThanOrEqual(sure.length);
  });
  await eventually(async () => {
    const states = await Promise.all(bought.map(async ({ fan, id }) => expectOk(await fan.reservation(id))));
    const open = states.filter(({ status }) => status === 'HELD' || status === 'CONFIRMED');
    expect(open).toEqual([]);
  });
  const balances = await Promise.all(bought.map(async ({ fan }) => expectOk(await fan.wallet()).balance));
  expect(balances).toEqual(bought.map(() => 2 * PRICE));
  expect(expectOk(await cancel()).remaining).toBe(0);
  const late = await fans[0]!.hold(sale.eventId, [1]);
  expect(late.status).toBeGreaterThanOrEqual(400);
});
