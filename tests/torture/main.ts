// `pnpm torture [minutes] [--seed=N] [--only=text]`: attacks an installation of its own on this machine and writes
// docs/reports/torture-<date>.md. `--only` keeps the faults whose name contains the text. Exit status 1 where anything
// occurred that must not occur. With the same seed the same faults come in the same order, but no run repeats another:
// what the processes do in the meantime differs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { describeMachine } from '../../bench/harness/describe-machine.ts';
import { FAULTS } from './faults/faults.ts';
import { countFailures, describeTorture } from './report.ts';
import { runTorture } from './run-torture.ts';

const MINUTES_DEFAULT = 10;
const MINUTES_MAX = 240;
const reports = fileURLToPath(new URL('../../docs/reports/', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, only: { type: 'string', default: '' } },
});
const minutes = Number(positionals[0] ?? MINUTES_DEFAULT);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const faults = FAULTS.filter(({ name }) => name.includes(values.only));

if (!(minutes > 0 && minutes <= MINUTES_MAX) || !Number.isInteger(seed) || faults.length === 0) {
  console.error(`usage: pnpm torture [minutes, at most ${MINUTES_MAX}] [--seed=N] [--only=text]`);
  for (const { name } of FAULTS) console.error(`  ${name}`);
  process.exitCode = 2;
} else {
  await main();
}

async function main(): Promise<void> {
  console.log(`seed ${seed}`);
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isInterrupted = true));
  const result = await runTorture({
    seconds: minutes * 60,
    seed,
    faults,
    log: console.log,
    isInterrupted: () => isInterrupted,
  });
  const date = new Date().toISOString().slice(0, 10);
  const command = [
    'pnpm torture',
    minutes,
    `--seed=${seed}`,
    ...(values.only === '' ? [] : [`--only="${values.only}"`]),
  ];
  const report = describeTorture(result, {
    command: command.join(' '),
    machine: describeMachine(null, result.services),
    date,
  });
  mkdirSync(reports, { recursive: true });
  const file = `${reports}torture-${date}.md`;
  writeFileSync(file, await format(report, { ...(await resolveConfig(file)), parser: 'markdown' }));
  console.log(report);
  console.log(`written: docs/reports/torture-${date}.md`);
  if (Object.values(countFailures(result)).some((count) => count > 0)) process.exitCode = 1;
}
