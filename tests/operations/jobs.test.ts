import { SCHEDULES } from '@frontrow/adapters/process/jobs/schedules.ts';
import { expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 1, workers: 1 });

type Report = {
  readonly jobs: readonly { readonly name: string; readonly lastRun: { readonly result: string } | null }[];
};

it('shows staff what a worker in another process has run', async () => {
  const staff = installation().fan('staff', 'sales:read');
  const read = async () => expectOk(await staff.send<Report>('GET', '/v1/admin/jobs')).jobs;
  expect((await read()).map(({ name }) => name)).toEqual(Object.keys(SCHEDULES));
  await eventually(async () => {
    for (const name of ['admit-waiting', 'sweep-holds'])
      expect((await read()).find((job) => job.name === name)?.lastRun?.result).toBe('SUCCEEDED');
  });
});
