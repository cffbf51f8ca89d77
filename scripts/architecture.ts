// `pnpm architecture`: does every import follow the arrow domain ← application ← adapters ← apps?
// The rules are in .dependency-cruiser.cjs; this also fails when they have looked at nothing.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { manifestProblems } from './manifests.ts';

export type ArchitectureReport = {
  readonly modules: number;
  readonly dependencies: number;
  /** One line for each breach; empty when all is well. */
  readonly problems: readonly string[];
};

const SCANNED = ['packages', 'apps', 'tests', 'scripts', 'bench'];
const LAYERS = ['packages/domain', 'packages/application', 'packages/adapters', 'apps/http', 'apps/worker'];
/** Imports that must be seen: if these do not resolve to the real files, the rules between layers are blind. */
const ARROWS = [
  ['packages/application', 'packages/domain'],
  ['packages/adapters', 'packages/application'],
  ['apps/http', 'packages/application'],
  ['apps/worker', 'packages/application'],
] as const;

const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as IConfiguration;

/** Checks the tree at `root`, laid out as this repository is, against this repository's rules. */
export async function checkArchitecture(root: string): Promise<ArchitectureReport> {
  const { output } = await cruise(
    SCANNED.filter((folder) => existsSync(join(root, folder))),
    { ...config.options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } },
  );
  const result = output as ICruiseResult; // text only when a reporter is asked for
  const violations = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  return {
    modules: result.modules.filter(({ source }) => SCANNED.some((folder) => source.startsWith(`${folder}/`)))
      .length,
    dependencies: result.summary.totalDependenciesCruised ?? 0,
    problems: [...violations, ...misplacedTests(result), ...blindSpots(result), ...manifestProblems(root)],
  };
}

/** The image ships `src` whole, so no test stands there. */
function misplacedTests({ modules }: ICruiseResult): string[] {
  const misplaced = modules.filter(({ source }) => /\/src\/.*\.(test|contract)\.ts$/.test(source));
  return misplaced.map(({ source }) => `test-under-src: ${source}`);
}

/** What the scan did not see, though it must be there. */
function blindSpots({ modules }: ICruiseResult): string[] {
  const inside = (layer: string) => modules.filter(({ source }) => source.startsWith(`${layer}/src/`));
  const empty = LAYERS.filter((layer) => inside(layer).length === 0);
  const broken = ARROWS.filter(
    ([from, to]) =>
      !inside(from).some((m) => m.dependencies.some((d) => d.resolved.startsWith(`${to}/src/`))),
  );
  return [
    ...empty.map((layer) => `nothing-scanned: no module of ${layer} was seen`),
    ...broken.map(([from, to]) => `nothing-resolved: no import from ${from} to ${to} was seen`),
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
