// Runs every check of `npm test` in order and stops at the first failure. Its arguments go to vitest, as in
// `npm test -- packages/domain`.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { VitestSummary } from './vitest-summary-reporter.ts';

type Step = { readonly name: string; readonly tool: string; readonly args: readonly string[] };

const root = fileURLToPath(new URL('..', import.meta.url));
const summaryFile = join(root, '.cache', `vitest-summary-${process.pid}.json`);
const reporters = ['--reporter=default', '--reporter=./scripts/vitest-summary-reporter.ts'];

const steps: readonly Step[] = [
  { name: 'format', tool: 'prettier', args: ['--check', '.'] },
  { name: 'lint', tool: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'types', tool: 'tsc', args: [] },
  { name: 'types of the pages', tool: 'tsc', args: ['--project', 'apps/web'] },
  { name: 'types of their tests', tool: 'tsc', args: ['--project', 'tests/browser'] },
  { name: 'architecture', tool: 'node', args: ['scripts/architecture.ts'] },
  { name: 'documents', tool: 'node', args: ['scripts/check-docs.ts'] },
  { name: 'pages', tool: 'node', args: ['apps/web/build/build-web.ts'] },
  {
    name: 'tests',
    tool: 'vitest',
    args: ['run', '--project=!browser-long', '--project=!failovers', ...reporters, ...process.argv.slice(2)],
  },
];

let running: ChildProcess | undefined;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

mkdirSync(join(root, '.cache'), { recursive: true });
process.exitCode = await runSteps();
const summary = readSummary();
if (summary !== undefined) reportTests(summary);

async function runSteps(): Promise<number> {
  for (const step of steps) {
    console.log(`── ${step.name}: ${[step.tool, ...step.args].join(' ')}`);
    const startedAt = performance.now();
    const code = await run(step);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    if (interrupted) return 130;
    console.log(`── ${step.name}: ${code === 0 ? 'ok' : `failed with exit code ${code}`}, ${seconds} s\n`);
    if (code !== 0) return code;
  }
  return 0;
}

function run({ tool, args }: Step): Promise<number> {
  return new Promise((resolve, reject) => {
    running = spawn(join(root, 'node_modules', '.bin', tool), args, {
      cwd: root,
      env: { ...process.env, VITEST_SUMMARY_FILE: summaryFile },
      stdio: 'inherit',
    });
    running.once('error', reject);
    running.once('exit', (code) => resolve(code ?? 1));
  });
}

function readSummary(): VitestSummary | undefined {
  if (!existsSync(summaryFile)) return undefined;
  const text = readFileSync(summaryFile, 'utf8');
  rmSync(summaryFile);
  return JSON.parse(text) as VitestSummary;
}

/** Prints the last line, which CI reads. */
function reportTests({ passed, failed, skipped }: VitestSummary): void {
  if (passed + failed === 0) {
    console.error('No test was executed.');
    process.exitCode = 1;
  }
  if (failed > 0 && process.exitCode === 0) process.exitCode = 1;
  console.log(`vitest: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}
