import { createRequire } from 'node:module';
import type { IConfiguration } from 'dependency-cruiser';
import { expect, test } from 'vitest';
import { checkArchitecture } from '../../scripts/architecture.ts';
import { VALID_REPOSITORY, buildSampleRepository } from './sample-repository.ts';

async function problemsWith(changes: Record<string, string | null>): Promise<readonly string[]> {
  const repository = await buildSampleRepository(changes);
  try {
    return (await checkArchitecture(repository.root)).problems;
  } finally {
    await repository.remove();
  }
}

test('a repository that keeps the rules has no problem, and every module of it was scanned', async () => {
  const repository = await buildSampleRepository();
  const report = await checkArchitecture(repository.root).finally(() => void repository.remove());
  expect(report.problems).toEqual([]);
  expect(report.modules).toBe(Object.keys(VALID_REPOSITORY).length);
  expect(report.dependencies).toBeGreaterThanOrEqual(20);
});

const { forbidden = [] } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IConfiguration;
const rules = forbidden.map(({ name }) => name ?? 'a rule without a name');
const redis = 'packages/adapters/src/redis';
const memory = 'packages/adapters/src/memory';

/** A rule, and a file that violates it. */
const VIOLATIONS = [
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
  [
    'application-tests-know-no-adapter',
    'packages/application/test/hold.test.ts',
    "import '@frontrow/adapters/open-ports.ts';",
  ],
  ['client-stands-alone', 'packages/client/src/pad.ts', "import 'left-pad';"],
  ['client-stands-alone', 'packages/client/src/random.ts', "import 'node:crypto';"],
  [
    'client-stands-alone',
    'packages/client/src/seat.ts',
    "import type { Seat } from '@frontrow/domain/booking/seat.ts';",
  ],
  ['packages-know-no-app', `${memory}/back.ts`, "import '@frontrow/http/main.ts';"],
  ['packages-know-no-app', `${memory}/back.ts`, "import '../../../../apps/worker/src/main.ts';"],
  ['sources-know-no-test', `${memory}/helper.ts`, "import '../../../../tests/support/builder.ts';"],
  ['sources-know-no-test', 'packages/application/src/seats.ts', "import '../contracts/seats.contract.ts';"],
  ['scripts-use-test-support-only', 'scripts/check.ts', "import '../tests/races/holds.test.ts';"],
  [
    'scripts-use-test-support-only',
    'bench/seats.ts',
    "import '../packages/application/contracts/seats.contract.ts';",
  ],
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
    'pages-use-the-client-alone',
    'apps/web/src/fan/seat.ts',
    "import type { Seat } from '@frontrow/domain/booking/seat.ts';",
  ],
  ['pages-use-the-client-alone', 'apps/web/src/fan/seat.tsx', "import '../../../http/src/main.ts';"],
  ['pages-run-in-a-browser', 'apps/web/src/shared/random.ts', "import 'node:crypto';"],
  ['nobody-imports-the-pages', 'apps/http/src/page.ts', "import '../../web/src/shared/api.ts';"],
  ['nobody-imports-the-pages', 'tests/races/page.test.ts', "import '@frontrow/web/fan/main.tsx';"],
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
  ['waiting-room-through-ports', `${memory}/booking/holds.ts`, "import '../waiting-room/waiting-line.ts';"],
  ['test-under-src', 'packages/domain/src/booking/seat.test.ts', "import './seat.ts';"],
  ['redlock-has-one-importer', `${redis}/cache.ts`, "import 'redlock';"],
  ['redlock-has-one-importer', 'apps/http/src/lock.ts', "import type Redlock from 'redlock';"],
  ['sql-is-at-home-in-mysql', `${redis}/cache.ts`, "import { sql } from 'kysely';"],
  ['redis-client-stays-inside', `${memory}/cache.ts`, "import 'ioredis';"],
  ['bullmq-stays-inside', `${redis}/jobs.ts`, "import 'bullmq';"],
  ['imports-are-declared', `${memory}/pad.ts`, "import 'left-pad';"],
  ['nothing-unresolved', `${memory}/gone.ts`, "import './nowhere.ts';"],
] as const;

test.each(VIOLATIONS)('%s reports %s', async (rule, path, text) => {
  const problems = await problemsWith({ [path]: text });
  expect(problems).toContainEqual(expect.stringContaining(`${rule}: ${path}`));
});

test('every rule has a file that violates it', () => {
  const tested = new Set<string>([...VIOLATIONS.map(([rule]) => rule), 'no-cycles']);
  expect(rules.filter((rule) => !tested.has(rule))).toEqual([]);
});

test('a cycle is a violation, also one of types only', async () => {
  const problems = await problemsWith({
    'packages/domain/src/booking/seat.ts':
      "import type { Row } from './row.ts';\nexport type Seat = { row: Row };",
    'packages/domain/src/booking/row.ts': "import type { Seat } from './seat.ts';\nexport type Row = Seat[];",
  });
  expect(problems).toEqual([
    'no-cycles: packages/domain/src/booking/row.ts → packages/domain/src/booking/seat.ts',
  ]);
});

test.each([
  ['apps/worker/src', 'apps/worker/src/main.ts'],
  ['apps/web/src/fan', 'apps/web/src/fan/main.tsx'],
  ['packages/domain/src/**/payments', 'packages/domain/src/payments/wallet.ts'],
  ['packages/adapters/src/process', 'packages/adapters/src/process/logger.ts'],
  ['packages/application/test', 'packages/application/test/booking/hold-seats.test.ts'],
  ['bench', 'bench/main.ts'],
])('a scan that sees no module of %s is a violation', async (folder, onlyModule) => {
  const problems = await problemsWith({ [onlyModule]: null });
  expect(problems).toContain(`nothing-scanned: ${folder} has no module`);
});

test.each([
  ['packages/application/src', 'packages/domain/src', 'packages/application/src/application.ts'],
  ['packages/adapters/src/mysql', 'kysely', 'packages/adapters/src/mysql/connection.ts'],
])('a scan that sees no import from %s to %s is a violation', async (from, to, onlyImporter) => {
  const problems = await problemsWith({ [onlyImporter]: 'export type Seats = object;' });
  expect(problems).toContain(`nothing-resolved: no import from ${from} to ${to} was seen`);
});

const manifest = (name: string, dependencies: object) =>
  JSON.stringify({ name, exports: { './*': './src/*' }, dependencies });

test('a package that declares more than its layer may use is a violation', async () => {
  const problems = await problemsWith({
    'packages/domain/package.json': manifest('@frontrow/domain', { 'left-pad': '*' }),
    'apps/web/package.json': manifest('@frontrow/web', { '@frontrow/domain': '*', preact: '*' }),
    'apps/worker/package.json': manifest('@frontrow/worker', { '@frontrow/application': '*', kysely: '*' }),
  });
  expect(problems).toEqual([
    'manifest: packages/domain may not declare left-pad',
    'manifest: apps/web may not declare @frontrow/domain',
    'manifest: apps/worker may not declare kysely',
  ]);
});
