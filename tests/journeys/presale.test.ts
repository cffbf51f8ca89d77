import { expect, it } from 'vitest';
import { createFans } from '../support/crowd.ts';
import { useInstallation } from '../support/use-installation.ts';
import { runPresale } from './run-presale.ts';

const installation = useInstallation({ http: 2, workers: 1 });

it('lets fans with a code in before the public start, and everybody after it, at every process', async () => {
  const [member, guest] = createFans(installation(), 2);
  const operator = installation();
  await runPresale({ operator, admin: operator.admin, member: member!, guest: guest! });
  expect(await operator.findViolations()).toEqual({});
});
