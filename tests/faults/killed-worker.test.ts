import { expect, it } from 'vitest';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences } from '../support/outcomes.ts';
import { expectOk } from '../support/operator.ts';
import { sequenceIn } from '../support/ticket.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 2 });

it('loses no fan and no schedule when workers are killed in the middle of their jobs', async () => {
  const admission = { state: 'PAUSED', batchSize: 40, intervalMs: 100 };
  const { concertId } = await installation().openSale({ policy: { admission } });
  const crowd = createFans(installation(), 400);
  await Promise.all(crowd.map(async (fan) => expectOk(await fan.join(concertId))));
  const admittedTotal = async () => (await installation().room(concertId)).admittedTotal;
  const expectAdmissions = async (from: number) =>
    eventually(async () => expect(await admittedTotal()).toBeGreaterThan(from + 40));

  await installation().changePolicy(concertId, { admission: { state: 'RUNNING' } });
  await expectAdmissions(0);
  const [first, second] = installation().workers;
  expect(await first?.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  await expectAdmissions(await admittedTotal());
  await second?.kill('SIGKILL');
  const alone = await admittedTotal();
  await installation().startWorker();
  await expectAdmissions(alone);

  await eventually(async () => expect((await installation().room(concertId)).waiting).toBe(0));
  expect(await installation().room(concertId)).toMatchObject({ active: 400, parked: 0, admittedTotal: 400 });
  const statuses = await Promise.all(crowd.map(async (fan) => expectOk(await fan.status()).status));
  expect(countOccurrences(statuses)).toEqual({ ACTIVE: 400 });
  expect(new Set(crowd.map((fan) => sequenceIn(fan.ticket()))).size).toBe(400);
});
