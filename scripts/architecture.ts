// `pnpm architecture`: checks every import against the rules of .dependency-cruiser.cjs, and fails when those rules have
// seen nothing to check.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { manifestProblems } from './manifests.ts';

export type ArchitectureReport = {
  readonly modules: number;
  readonly dependencies: number;
  /** One line for each violation; empty when there is none. */
  readonly problems: readonly string[];
};

const SCANNED = ['packages', 'apps', 'tests', 'scripts', 'bench'];

/** The folders that a rule is about. A rule about a folder without modules would check nothing. */
const FOLDERS = [
  ...['domain', 'application', 'adapters'].flatMap((name) => [
    `packages/${name}/src/**/booking`,
    `packages/${name}/src/**/payments`,
    `packages/${name}/src/**/waiting-room`,
    `packages/${name}/test`,
  ]),
  'packages/application/contracts',
  'packages/client/src',
  'packages/adapters/src/process',
  'apps/crowd/src',
  'apps/http/src',
  'apps/worker/src',
  'apps/web/src/fan',
  'apps/web/src/console',
  'apps/web/src/shared',
  'tests/support',
  'scripts',
  'bench',
];

/** Imports that exist. If the scan does not resolve them, no rule sees the imports between these folders. */
const IMPORTS = [
  ['packages/application/src', 'packages/domain/src'],
  ['packages/adapters/src', 'packages/application/src'],
  ['packages/adapters/test', 'packages/application/contracts'],
  ['packages/adapters/test', 'tests/support'],
  ['apps/http/src', 'packages/application/src'],
  ['apps/worker/src', 'packages/application/src'],
  ['apps/web/src', 'packages/client/src'],
  ['apps/web/src', 'preact'],
  ['bench', 'tests/support'],
  ['packages/adapters/src/mysql', 'kysely'],
  ['packages/adapters/src/mysql', 'mysql2'],
  ['packages/adapters/src/redis', 'ioredis'],
  ['packages/adapters/src/redis/seat-lock', 'redlock'],
  ['packages/adapters/src/bullmq', 'bullmq'],
] as const;

const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as IConfiguration;

/** Checks the repository at `root`, which has the layout of this one, against the rules of this one. */
export async function checkArchitecture(root: string): Promise<ArchitectureReport> {
  const { output } = await cruise(
    SCANNED.filter((folder) => existsSync(join(root, folder))),
    { ...config.options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } },
  );
  const result = output as ICruiseResult; // a string only when a reporter is given
  const violations = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  return {
    modules: modulesIn(result, `{${SCANNED.join(',')}}`).length,
    dependencies: result.summary.totalDependenciesCruised ?? 0,
    problems: [...violations, ...testsUnderSrc(result), ...notScanned(result), ...manifestProblems(root)],
  };
}

function modulesIn({ modules }: ICruiseResult, folder: string) {
  return modules.filter(({ source }) => matchesGlob(source, `${folder}/**`));
}

/** The image contains `src` as a whole, so no test may be there. */
function testsUnderSrc({ modules }: ICruiseResult): string[] {
  const tests = modules.filter(({ source }) => /\/src\/.*\.(test|contract)\.tsx?$/.test(source));
  return tests.map(({ source }) => `test-under-src: ${source}`);
}

function notScanned(result: ICruiseResult): string[] {
  const empty = FOLDERS.filter((folder) => modulesIn(result, folder).length === 0);
  const unresolved = IMPORTS.filter(
    ([from, to]) =>
      !modulesIn(result, from).some(({ dependencies }) =>
        dependencies.some(({ resolved }) => `/${resolved}/`.includes(`/${to}/`)),
      ),
  );
  return [
    ...empty.map((folder) => `nothing-scanned: ${folder} has no module`),
    ...unresolved.map(([from, to]) => `nothing-resolved: no import from ${from} to ${to} was seen`),
  ];
}

if (import.meta.main) {
  const report = await checkArchitecture(fileURLToPath(new URL('..', import.meta.url)));
  for (const problem of report.problems) console.error(problem);
  console.log(
    `architecture: ${report.modules} modules, ${report.dependencies} dependencies, ${report.problems.length} violations`,
  );
  if (report.problems.length > 0) process.exitCode = 1;
}
