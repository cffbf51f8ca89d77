import { expect, it } from 'vitest';
import { eventually, gather, tally } from '../support/crowd.ts';
import { granted } from '../support/sale.ts';
import { sequenceIn } from '../support/ticket.ts';
import { useInstallation } from '../support/use-installation.ts';

const world = useInstallation({ http: 2, workers: 2 });

it('loses nobody and no schedule when workers are killed in the middle of their jobs', async () => {
  const admission = { state: 'PAUSED', batchSize: 40, intervalMs: 100 };
  const { concertId } = await world().openSale({ policy: { admission } });
  const crowd = gather(world(), 400);
  await Promise.all(crowd.map(async (fan) => granted(await fan.join(concertId))));
  const admittedTotal = async () => (await world().room(concertId)).admittedTotal;
  const goesOn = async (from: number) =>
    eventually(async () => expect(await admittedTotal()).toBeGreaterThan(from + 40));

  await world().changePolicy(concertId, { admission: { state: 'RUNNING' } });
  await goesOn(0);
  const [first, second] = world().workers;
  expect(await first?.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  await goesOn(await admittedTotal());
  await second?.kill('SIGKILL');
  const alone = await admittedTotal();
  await world().startWorker();
  await goesOn(alone);

  await eventually(async () => expect((await world().room(concertId)).waiting).toBe(0));
  expect(await world().room(concertId)).toMatchObject({ active: 400, parked: 0, admittedTotal: 400 });
  const statuses = await Promise.all(crowd.map(async (fan) => granted(await fan.status()).status));
  expect(tally(statuses)).toEqual({ ACTIVE: 400 });
  expect(new Set(crowd.map((fan) => sequenceIn(fan.ticket()))).size).toBe(400);
});
