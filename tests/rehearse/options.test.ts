import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import { afterAll, expect, test } from 'vitest';
import { readOptions } from '../../scripts/rehearse/options.ts';
import { PACE_DEFAULT } from '../../scripts/rehearse/pace.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../support/services/temporary-folder.ts';

const folder = await makeTemporaryFolder('rehearse');
afterAll(() => removeTemporaryFolder(folder));

function policyFile(text: string): string {
  const file = join(folder, 'policy.json');
  writeFileSync(file, text);
  return file;
}

const SIZE = ['--fans', '5000', '--seats', '200'];

test('a plan has the named policy and the pace of usual fans', () => {
  const file = policyFile('{"admission":{"batchSize":70},"hold":{"ttlMs":60000}}');
  const { plan } = readOptions([file, ...SIZE, '--pace', 'arrive=5,pays=0.5']);
  expect(plan).toEqual({
    policy: {
      admission: { ...POLICY_DEFAULT.admission, batchSize: 70 },
      hold: { ...POLICY_DEFAULT.hold, ttlMs: 60_000 },
    },
    pace: { ...PACE_DEFAULT, arriveMs: 5_000, pays: 0.5 },
    fans: 5_000,
    seats: 200,
  });
});

test.each([
  ['no policy', SIZE, 'usage:'],
  ['no fans', ['default', '--seats', '1'], '--fans is missing'],
  ['half a fan', ['default', '--fans', '0.5', '--seats', '1'], '--fans must be a number from 1'],
  ['an unknown option', ['default', ...SIZE, '--speed', '2'], "Unknown option '--speed'"],
  ['an unknown part of the pace', ['default', ...SIZE, '--pace', 'run=2'], '--pace knows early, arrive'],
  ['a share above 1', ['default', ...SIZE, '--pace', 'pays=2'], '--pace pays must be a number from 0 to 1'],
  ['a missing file', ['absent.json', ...SIZE], 'cannot read the policy in absent.json'],
])('%s is refused in one line', (_, args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test.each([
  ['{"admission":{"batchSize":0}}', '/admission/batchSize'],
  ['{"admission":{"state":"PAUSED"}}', '/admission/state: PAUSED admits nobody'],
  ['{"presale":{"publicStartAt":"2026-12-01T11:00:00Z"}}', '/presale: a rehearsal has no presale'],
  ['{"hold":{"seatsPerUserMax":1}}', 'lets a fan hold 1 at most: --pace seats is 2'],
])('the policy %s is refused with the fault', (policy, message) => {
  expect(() => readOptions([policyFile(policy), ...SIZE])).toThrow(message);
});
