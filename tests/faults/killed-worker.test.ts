import { expect, it } from 'vitest';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { sequenceIn } from '../support/ticket.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 2 });

it('loses no fan and no schedule when workers are killed in the middle of their jobs', async () => {
  const admission = { batchSize: 10, intervalMs: 100 };
  const { concertId } = await installation().openSale({ policy: { admission } });
  const crowd: Fan[] = [];
  const admittedTotal = async () => (await installation().room(concertId)).admittedTotal;
  /** Resolves when some of the new fans are admitted, and usually before all are. */
  const admitSomeOf = async (newcomers: readonly Fan[]) => {
    await Promise.all(newcomers.map(async (fan) => expectOk(await fan.join(concertId))));
    const before = crowd.length;
    crowd.push(...newcomers);
    await eventually(async () => expect(await admittedTotal()).toBeGreaterThan(before + 20));
  };

  await admitSomeOf(createFans(installation(), 200));
  const [first, second] = installation().workers;
  expect(await first?.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  await admitSomeOf(createFans(installation(), 100));
  await second?.kill('SIGKILL');
  await installation().startWorker();
  await admitSomeOf(createFans(installation(), 100));

  await eventually(async () => expect((await installation().room(concertId)).waiting).toBe(0));
  expect(await installation().room(concertId)).toMatchObject({ active: 400, parked: 0, admittedTotal: 400 });
  const statuses = await Promise.all(crowd.map(async (fan) => expectOk(await fan.status()).status));
  expect(countOccurrences(statuses)).toEqual({ ACTIVE: 400 });
  expect(new Set(crowd.map((fan) => sequenceIn(fan.ticket()))).size).toBe(400);
});
