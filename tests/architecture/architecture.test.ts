import { expect, test } from 'vitest';
import { checkArchitecture } from '../../scripts/architecture.ts';
import { buildSampleRepository } from './sample-repository.ts';

async function problemsWith(changes: Record<string, string | null>): Promise<readonly string[]> {
  const house = await buildSampleRepository(changes);
  try {
    return (await checkArchitecture(house.root)).problems;
  } finally {
    await house.remove();
  }
}

/** Tests and contracts may use the test tools, join neighbours and use what tests/ has. */
const TESTS = {
  'packages/application/contracts/seats.contract.ts': "import 'vitest';\nimport './contract-support.ts';",
  'packages/application/contracts/contract-support.ts': "import 'vitest';",
  'packages/adapters/test/memory/seats.test.ts':
    "import '../../src/redis/seat-lock/seat-lock.ts';\nimport '../../../../tests/world/builder.ts';",
  'packages/application/src/ports/waiting-room/queue-ends.ts': 'export type QueueEnds = object;',
  'packages/domain/src/waiting-room/place.ts': 'export type Place = object;',
  'packages/adapters/src/memory/waiting-room/line.ts': 'export type Line = object;',
  'packages/application/src/use-cases/booking/hold.ts':
    "import type { QueueEnds } from '../../ports/waiting-room/queue-ends.ts';\nexport type Ends = QueueEnds;",
  'tests/world/builder.ts': "import '@frontrow/adapters/open-ports.ts';",
};

test('a lawful repository passes, and every module of it was scanned', async () => {
  const house = await buildSampleRepository(TESTS);
  const report = await checkArchitecture(house.root).finally(() => void house.remove());
  expect(report.problems).toEqual([]);
  expect(report.modules).toBe(15);
  expect(report.dependencies).toBeGreaterThanOrEqual(8);
});

const redis = 'packages/adapters/src/redis';
const memory = 'packages/adapters/src/memory';

test.each([
  ['domain-is-pure', 'packages/domain/src/clock.ts', "import 'node:timers';"],
  ['domain-is-pure', 'packages/domain/src/pad.ts', "import 'left-pad';"],
  [
    'domain-is-pure',
    'packages/domain/src/back.ts',
    "import type { Seats } from '@frontrow/application/application.ts';",
  ],
  ['domain-tests-are-pure', 'packages/domain/test/seat.test.ts', "import 'ioredis';"],
  ['application-knows-the-domain-only', 'packages/application/src/now.ts', "import 'node:crypto';"],
  [
    'application-knows-the-domain-only',
    'packages/application/src/back.ts',
    "import '@frontrow/adapters/open-ports.ts';",
  ],
  ['packages-know-no-app', `${memory}/back.ts`, "import '@frontrow/http/main.ts';"],
  ['packages-know-no-app', `${memory}/back.ts`, "import '../../../../apps/worker/src/main.ts';"],
  ['product-knows-no-test', `${memory}/helper.ts`, "import '../../../../tests/world/builder.ts';"],
  ['product-knows-no-test', 'packages/application/src/cheat.ts', "import '../contracts/seats.contract.ts';"],
  ['adapter-folders-are-apart', `${memory}/neighbour.ts`, "import '../redis/seat-lock/seat-lock.ts';"],
  [
    'adapter-folders-are-apart',
    `${memory}/neighbour.ts`,
    "export const late = () => import('../redis/seat-lock/seat-lock.ts');",
  ],
  ['open-ports-joins-alone', 'packages/adapters/src/other.ts', "import './memory/booking/seats.ts';"],
  ['apps-are-apart', 'apps/worker/src/back.ts', "import '@frontrow/http/main.ts';"],
  ['apps-are-apart', 'apps/http/src/jobs.ts', "import '@frontrow/worker/main.ts';"],
  [
    'process-knows-open-ports-alone',
    'packages/adapters/src/process/environment.ts',
    "import '../memory/booking/seats.ts';",
  ],
  [
    'waiting-room-through-ports',
    'packages/application/src/use-cases/payments/pay.ts',
    "import '@frontrow/domain/waiting-room/place.ts';",
  ],
  ['waiting-room-through-ports', `${memory}/booking/holds.ts`, "import '../waiting-room/line.ts';"],
  ['test-under-src', 'packages/domain/src/booking/seat.test.ts', "import './seat.ts';"],
  ['redlock-has-one-importer', `${redis}/cache.ts`, "import 'redlock';"],
  ['redlock-has-one-importer', 'apps/http/src/lock.ts', "import type Redlock from 'redlock';"],
  ['sql-is-at-home-in-mysql', `${redis}/cache.ts`, "import { sql } from 'kysely';"],
  ['redis-client-stays-inside', `${memory}/cache.ts`, "import 'ioredis';"],
  ['bullmq-stays-inside', `${redis}/jobs.ts`, "import 'bullmq';"],
  ['imports-are-declared', `${memory}/pad.ts`, "import 'left-pad';"],
  ['nothing-unresolved', `${memory}/gone.ts`, "import './nowhere.ts';"],
])('%s: caught in %s', async (rule, path, text) => {
  const problems = await problemsWith({ ...TESTS, [path]: text });
  expect(problems).toContainEqual(expect.stringContaining(`${rule}: ${path}`));
});

test('a cycle is a breach, also one of types only', async () => {
  const problems = await problemsWith({
    'packages/domain/src/booking/seat.ts':
      "import type { Row } from './row.ts';\nexport type Seat = { row: Row };",
    'packages/domain/src/booking/row.ts': "import type { Seat } from './seat.ts';\nexport type Row = Seat[];",
  });
  expect(problems).toEqual([
    'no-cycles: packages/domain/src/booking/row.ts → packages/domain/src/booking/seat.ts',
  ]);
});

test('what was not scanned is a breach', async () => {
  const problems = await problemsWith({ 'apps/worker/src/main.ts': null });
  expect(problems).toContain('nothing-scanned: no module of apps/worker was seen');
});

test('an arrow that does not resolve to the real files is a breach', async () => {
  const problems = await problemsWith({
    'packages/application/src/application.ts': 'export type Seats = object;',
  });
  expect(problems).toContain(
    'nothing-resolved: no import from packages/application to packages/domain was seen',
  );
});

const manifest = (name: string, dependencies: object) =>
  JSON.stringify({ name, exports: { './*': './src/*' }, dependencies });

test('a package that declares more than its layer may use is a breach', async () => {
  const problems = await problemsWith({
    'packages/domain/package.json': manifest('@frontrow/domain', { 'left-pad': '*' }),
    'apps/worker/package.json': manifest('@frontrow/worker', { '@frontrow/application': '*', kysely: '*' }),
  });
  expect(problems).toEqual([
    'manifest: packages/domain may not declare left-pad',
    'manifest: apps/worker may not declare kysely',
  ]);
});
